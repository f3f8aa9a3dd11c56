console.log('{"folder":"shop","student":"Sana","node":"v22.11.0"}');
