const [base, command, value] = process.argv.slice(2);

// show, find and add
