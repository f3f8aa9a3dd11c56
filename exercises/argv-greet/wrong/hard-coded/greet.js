console.log('Hello Sana');
