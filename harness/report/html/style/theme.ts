const light = `
  --paper: #ffffff; --ink: #1b2026; --muted: #57616b; --line: #d8dde3; --soft: #f4f6f8; --link: #0b57d0;
  --pass: #156b31; --fail: #b3261e; --unsure: #7c5200; --none: #57616b;
  --pass-wash: #ebf5ee; --fail-wash: #fcefed; --unsure-wash: #fbf3e0; --none-wash: #f1f3f5; --told-wash: #fff1c2;
  --subject: #1a5fb4; --baseline: #6d7680; --previous: #8a4b9e; --manager: #9a6a00;
  --span-one: #6b98d6; --span-two: #3a6bb0; --span-three: #16386a; --span-four: #2b8f86; --span-five: #0d5650;`;

const dark = `
  --paper: #15181b; --ink: #e2e6ea; --muted: #9ca7b2; --line: #353c43; --soft: #1e2327; --link: #8ab4f8;
  --pass: #6cc788; --fail: #ff9488; --unsure: #e5b85c; --none: #9ca7b2;
  --pass-wash: #18261c; --fail-wash: #2f1d1b; --unsure-wash: #2a2416; --none-wash: #22272b; --told-wash: #45390f;
  --subject: #7fb2f5; --baseline: #9aa4ae; --previous: #c79ad6; --manager: #d9ab4e;
  --span-one: #4f7fc0; --span-two: #85aee4; --span-three: #c8ddfa; --span-four: #3d9a91; --span-five: #93dcd3;`;

/** Colours of both themes; paper is always light. Contrast of text to its ground is at least 4.5 (WCAG 2.2, 1.4.3), of marks at least 3. */
export const theme = `
:root { color-scheme: light dark;${light}
}
@media screen and (prefers-color-scheme: dark) { :root {${dark}
} }
@media print { :root { color-scheme: light; } }`;
