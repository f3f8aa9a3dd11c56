const { v2: cloudinary } = require('cloudinary');

// Upload process.argv[2] into the folder pets, and print the https address.
