// In each list no entry is part of another, and no word is one of JavaScript's or of an everyday error message:
// so that a check for an entry can be met only by that entry.

/** Common English words for things that one can touch or see. */
export const WORDS: readonly string[] = (
  'anchor apricot badger bakery balcony bamboo banjo barrel basket beacon beetle bicycle biscuit blanket ' +
  'blossom bonfire bottle bracelet bridge bucket butter button cactus camel candle canyon carpet carrot ' +
  'castle cedar cellar cherry chimney cinnamon clover coconut comet compass copper coral cotton cradle ' +
  'crayon cricket cupboard curtain daisy desert dolphin donkey dragon drum dumpling eagle elbow emerald ' +
  'falcon feather fiddle firefly flamingo flute forest fountain fridge garlic garden giraffe glacier goblet ' +
  'granite grape guitar hammer hammock harbor harvest hazelnut hedgehog helmet honey horizon iceberg igloo ' +
  'island ivory jacket jaguar jasmine jigsaw journey jungle kettle kitchen kitten ladder lagoon lantern ' +
  'laundry lemon leopard lettuce lilac lighthouse lizard lobster lotus magnet mango maple marble meadow ' +
  'melon mirror mitten monkey mountain mushroom mustard napkin necklace noodle oasis ocean olive onion ' +
  'orchard ostrich otter oyster paddle pancake panther papaya parrot peacock peanut pebble pelican pepper ' +
  'piano pickle pigeon pillow pineapple planet plum pocket pony potato puddle pumpkin puzzle pyramid quail ' +
  'quilt rabbit raccoon radish rainbow raisin ribbon robin rooster rocket saffron salmon sandal satchel scarf ' +
  'seagull shepherd shovel silver skeleton sparrow spider spinach squirrel stadium statue sunset swallow ' +
  'teapot temple thunder tiger tomato tortoise trumpet tulip tunnel turnip turtle umbrella valley vanilla ' +
  'velvet violin volcano waffle walnut walrus whistle willow window yogurt zebra'
).split(' ');

/** First names from several parts of the world. */
export const NAMES: readonly string[] = (
  'Aaliyah Abdullah Adeel Aisha Ajay Akira Alejandro Amina Anders Anjali Asif Ayesha Babar Beatriz Bilal ' +
  'Carlos Chiara Chinedu Dagmar Danish Diego Dmitri Ebba Elif Emeka Esther Faisal Farah Fatima Freya ' +
  'Giovanni Grace Gulnaz Haruto Hiba Hugo Ibrahim Imran Ingrid Isabel Javed Jorge Junaid Kamran Kenji ' +
  'Khadija Kwame Laiba Lars Leila Lucia Mahnoor Maryam Mateo Mehmet Mei Nadia Naveed Ngozi Nimra Olga Omar ' +
  'Oscar Pedro Priya Qasim Rabia Rashid Rohan Saima Sakura Sana Shahid Sofia Sunita Tariq Thabo Usman ' +
  'Wanjiru Yasmin Yusuf Zainab Zoya'
).split(' ');

/** Cities with one-word names. */
export const CITIES: readonly string[] = (
  'Accra Amsterdam Ankara Athens Auckland Baku Bangkok Barcelona Beirut Bergen Bogota Bremen Brisbane Cairo ' +
  'Casablanca Chicago Colombo Dakar Damascus Dhaka Dublin Edinburgh Faisalabad Florence Geneva Gilgit Gwadar ' +
  'Hamburg Hanoi Helsinki Hyderabad Islamabad Istanbul Jakarta Jeddah Kampala Karachi Kathmandu Kigali Kyoto ' +
  'Lahore Lima Lisbon Madrid Manila Montreal Multan Mumbai Murree Nairobi Osaka Oslo Paris Peshawar Prague ' +
  'Quetta Quito Riga Santiago Seoul Sialkot Skardu Stockholm Sydney Toronto Tunis Vienna Warsaw Zagreb ' +
  'Zurich'
).split(' ');

/** Sentences with places for a name, a city, a word or a number. */
export const SENTENCES: readonly string[] = [
  '{name} found a {word} in {city} this morning.',
  'The {word} belongs to {name} from {city}.',
  '{name} paints a {word} and a {word} on the wall.',
  'It rained in {city} for {number} days.',
  '{name} and {name} share one {word}.',
  'Nobody in {city} has seen the {word} since Monday.',
  'A {word} costs {number} rupees in {city}.',
  '{name} walked {number} miles with a {word}.',
  'Tomorrow {name} takes the train to {city}.',
  'There were {number} guests and one {word}.',
];
