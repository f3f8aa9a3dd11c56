// Print a JSON object: folder, student, node.
// Try it with: node report.js
