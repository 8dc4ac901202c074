const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

/** One sentence where this Node is older than engines in package.json say; undefined where it will do. */
export const nodeTooOld = major < 22 || (major === 22 && minor < 19)
  ? `frostgate needs Node 22.19 or later, this is ${process.versions.node}`
  : undefined;
