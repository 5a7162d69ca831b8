/** What the operations of a unified test are to this driver. */
import type { Collection, Db, Document, MongoClient } from "mongodb";

/** An operation the runner does not know: the test is passed over. */
export class UnknownOperation extends Error {}

export async function onCollection(c: Collection, name: string, args: Document): Promise<unknown> {
  const { filter, document, documents, update, replacement, pipeline, requests, fieldName, ...options } = args;
  switch (name) {
    case "aggregate":
      return c.aggregate(pipeline, options).toArray();
    case "bulkWrite":
      return c.bulkWrite(
        requests.map((r: Document) => r),
        options,
      );
    case "countDocuments":
      return c.countDocuments(filter, options);
    case "estimatedDocumentCount":
      return c.estimatedDocumentCount(options);
    case "count":
      return c.count(filter, options);
    case "distinct":
      return c.distinct(fieldName, filter ?? {}, options);
    case "find":
      return c.find(filter, options).toArray();
    case "findOne":
      return c.findOne(filter, options);
    case "insertOne":
      return c.insertOne(document, options);
    case "insertMany":
      return c.insertMany(documents, options);
    case "updateOne":
      return c.updateOne(filter, update, options);
    case "updateMany":
      return c.updateMany(filter, update, options);
    case "replaceOne":
      return c.replaceOne(filter, replacement, options);
    case "deleteOne":
      return c.deleteOne(filter, options);
    case "deleteMany":
      return c.deleteMany(filter, options);
    case "findOneAndDelete":
      return c.findOneAndDelete(filter, found(options));
    case "findOneAndReplace":
      return c.findOneAndReplace(filter, replacement, found(options));
    case "findOneAndUpdate":
      return c.findOneAndUpdate(filter, update, found(options));
    default:
      return onIndexes(c, name, args);
  }
}

function found({ returnDocument, ...options }: Document): Document {
  return returnDocument === undefined ? options : { ...options, returnDocument: String(returnDocument).toLowerCase() };
}

async function onIndexes(c: Collection, name: string, args: Document): Promise<unknown> {
  const { keys, name: index, to, ...options } = args;
  switch (name) {
    case "createIndex":
      return c.createIndex(keys, index === undefined ? options : { ...options, name: index });
    case "dropIndex":
      return c.dropIndex(index ?? keys, options);
    case "dropIndexes":
      return c.dropIndexes(options);
    case "listIndexes":
      return c.listIndexes(options).toArray();
    case "listIndexNames":
      return (await c.listIndexes(options).toArray()).map((i) => i.name);
    case "rename":
      return c.rename(to, options);
    default:
      throw new UnknownOperation(name);
  }
}

export async function onDatabase(db: Db, name: string, args: Document): Promise<unknown> {
  const { pipeline, command, commandName: _, collection, filter, ...options } = args;
  switch (name) {
    case "aggregate":
      return db.aggregate(pipeline, options).toArray();
    case "runCommand":
      return db.command(command, options);
    case "createCollection":
      return db.createCollection(collection, options).then(() => undefined);
    case "dropCollection":
      return db.dropCollection(collection, options);
    case "listCollections":
      return db.listCollections(filter, options).toArray();
    case "listCollectionNames":
      return (await db.listCollections(filter, { ...options, nameOnly: true }).toArray()).map((c) => c.name);
    case "modifyCollection":
      return db.command({ collMod: collection, ...options });
    default:
      throw new UnknownOperation(name);
  }
}

export async function onClient(client: MongoClient, name: string, args: Document): Promise<unknown> {
  const { models, filter: _, ...options } = args;
  switch (name) {
    case "listDatabases":
      return (await client.db().admin().listDatabases(args)).databases;
    case "listDatabaseNames":
      return (await client.db().admin().listDatabases(args)).databases.map((d) => d.name);
    case "clientBulkWrite":
      return client.bulkWrite(models.map(clientModel), options);
    default:
      throw new UnknownOperation(name);
  }
}

function clientModel(model: Document): Document {
  const [name, fields] = Object.entries(model)[0] ?? ["", {}];
  return { name, ...fields };
}
