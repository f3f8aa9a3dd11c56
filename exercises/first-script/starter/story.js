// Print the three lines of the story.
// Try it with: node story.js
