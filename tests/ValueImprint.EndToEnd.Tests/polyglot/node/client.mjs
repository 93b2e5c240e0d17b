// The contract as a Node client sees it, loaded from the .proto files of this repository.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const here = path.dirname(fileURLToPath(import.meta.url));
const protos = [path.resolve(here, '../../../../protos'), path.resolve(here, '../protos')];

function load(file) {
  const definition = loader.loadSync(file, { includeDirs: protos, enums: String, longs: Number, defaults: true, oneofs: true });
  return grpc.loadPackageDefinition(definition);
}

/** Address of the server under test, such as `localhost:50151` or `unix:/run/x.sock`. */
export const address = process.env.VALUEIMPRINT_TEST_ADDRESS ?? 'localhost:50151';

const credentials = grpc.credentials.createInsecure();
export const classifier = new (load('valueimprint/v1/value_classifier.proto').valueimprint.v1.ValueClassifier)(address, credentials);
export const health = new (load('grpc/health/v1/health.proto').grpc.health.v1.Health)(address, credentials);
export const reflection = new (load('grpc/reflection/v1/reflection.proto').grpc.reflection.v1.ServerReflection)(address, credentials);

/** Calls a unary method; rejects with the ServiceError. */
export function call(client, method, request, options = {}) {
  return new Promise((resolve, reject) => {
    client[method](request, new grpc.Metadata(), options, (error, response) => (error ? reject(error) : resolve(response)));
  });
}

/** Writes `messages` with back-pressure while reading everything the server answers. */
export async function converse(stream, messages) {
  const answers = [];
  const done = new Promise((resolve, reject) => {
    stream.on('data', (answer) => answers.push(answer));
    stream.on('error', reject);
    stream.on('end', () => resolve(answers));
  });
  for (const message of messages) {
    if (!stream.write(message)) {
      await Promise.race([new Promise((resolve) => stream.once('drain', resolve)), done]);
    }
  }
  stream.end();
  return done;
}
