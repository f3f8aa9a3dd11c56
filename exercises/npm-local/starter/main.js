// Load greeter, and greet the first argument.
