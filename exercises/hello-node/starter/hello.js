// Print two lines: the version of Node.js, then the platform.
// Try it with: node hello.js
