import { catalogue } from '../../model/text.ts';

/** What is said of documents in a database. */
export const messages = catalogue({
  'mongo.differs': 'The documents in {collection} are not what the exercise asks for.',
  'mongo.next': 'Compare the two documents: names of fields, values, and their types.',
  'mongo.next.none': 'Nothing like it is in {collection}. Look at where the code saves it, and whether it awaits that.',
  'mongo.no-documents': 'no document',
  'mongo.count': 'number of documents in {collection}',
  'mongo.surplus': 'no other document ({count} too many)',
  'mongo.gone': 'it is not there anymore',
  'mongo.indexes': 'indexes of {collection}',
  'mongo.refuses': '{document} is refused',
  'mongo.accepts': 'it is taken',
  'mongo.before': 'before it',
  'mongo.databases': 'databases',
  'mongo.stuck': 'The database did not answer anymore, and was ended.',
  'cause.database-stuck': 'A query of the program keeps the whole server busy, so nobody else gets an answer.',
  'cause.database-stuck.next':
    'Look for a query that never ends: a regular expression with nested repetition, such as (a+)+, or a pipeline that multiplies documents.',
  'cause.other-collection':
    'There is no collection {collection}. The program wrote to {other} in the database {database}.',
  'cause.other-collection.instead': 'The program wrote to the collection {other}, and not to {collection}.',
  'cause.other-collection.next':
    'Use the name {collection}. Mongoose makes the name from that of the model: in small letters, and in the plural.',
  'cause.other-database': 'The program used the database {other}. The exercise asks for {database}.',
  'cause.other-database.next': 'The name of the database is the last part of the address, behind the port.',
});
