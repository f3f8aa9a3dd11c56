// Greet the name that is given as an argument.
// Try it with: node greet.js Sana 3
