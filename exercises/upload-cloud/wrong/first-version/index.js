const cloudinary = require('cloudinary');

cloudinary.uploader.upload(process.argv[2], (error, result) => {
  if (error) {
    console.error(error.message);
    process.exitCode = 1;
    return;
  }
  console.log(result.secure_url);
}, { folder: 'pets' });
