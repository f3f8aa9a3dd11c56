// One module of each kind: node:path, ./greet.js and uuid.
// Try it with: node badge.js photos/sana.png Sana
