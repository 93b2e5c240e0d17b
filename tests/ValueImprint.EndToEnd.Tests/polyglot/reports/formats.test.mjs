// The schema of imprints and the Croissant fragment, held against the standards' own tools.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import jsonld from 'jsonld';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..');
const read = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const snapshots = 'tests/ValueImprint.Reports.Tests/Snapshots';

const validate = new Ajv2020.default({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true })
  .compile(read('src/ValueImprint.Core/Imprints/imprint.schema.json'));
const optional = new Set(['/run/created', '/run/tool', '/run/shards', '/model/confusion', '/pairs']);

/** Every place in a document: its path, what holds it, and its key there. */
function* places(holder, at = '') {
  for (const key of Object.keys(holder)) {
    yield { at: `${at}/${key}`, holder, key };
    if (holder[key] !== null && typeof holder[key] === 'object') {
      yield* places(holder[key], `${at}/${key}`);
    }
  }
}

function isValidWith(imprint, at, change) {
  const copy = structuredClone(imprint);
  const place = [...places(copy)].find((candidate) => candidate.at === at);
  change(place.holder, place.key);
  return validate(copy);
}

for (const kind of ['single-label', 'multi-label']) {
  const imprint = read(`${snapshots}/${kind}.imprint.json`);
  const all = [...places(imprint)];
  const members = all.filter(({ holder }) => !Array.isArray(holder));

  test(`${kind}: an imprint is valid`, () => assert.ok(validate(imprint), JSON.stringify(validate.errors)));

  test(`${kind}: without any member that must be there it is not`, () => {
    const required = members.filter(({ at }) => !optional.has(at) && !at.startsWith('/rows/rejected_by_reason/'));
    assert.ok(required.length > 50);
    assert.deepEqual(required.filter(({ at }) => isValidWith(imprint, at, (holder, key) => delete holder[key])).map(({ at }) => at), []);
  });

  test(`${kind}: with a member that is not known it is not`, () => {
    const objects = all.filter(({ holder, key }) => holder[key] !== null && typeof holder[key] === 'object' && !Array.isArray(holder[key]));
    assert.deepEqual(objects.filter(({ at }) => isValidWith(imprint, at, (holder, key) => { holder[key].surplus = 'x'; })).map(({ at }) => at), []);
  });

  test(`${kind}: with another type, or a count below zero, it is not`, () => {
    assert.deepEqual(all.filter(({ at }) => isValidWith(imprint, at, (holder, key) => { holder[key] = typeof holder[key] === 'string' ? 7 : 'x'; })).map(({ at }) => at), []);
    const numbers = all.filter(({ holder, key }) => typeof holder[key] === 'number');
    assert.deepEqual(numbers.filter(({ at }) => isValidWith(imprint, at, (holder, key) => { holder[key] = -1; })).map(({ at }) => at), []);
  });
}

test('an imprint of the other kind of labels, or of none of the stances, is not valid', () => {
  for (const kind of ['single-label', 'multi-label']) {
    const imprint = read(`${snapshots}/${kind}.imprint.json`);
    const other = kind === 'single-label' ? 'multi-label' : 'single-label';
    assert.equal(isValidWith(imprint, '/model/problem_type', (model) => { model.problem_type = other; }), false);
    assert.equal(isValidWith(imprint, '/model/has_stance', (model) => { model.has_stance = false; }), false);
  }
});

test('the Croissant fragment expands to the terms of schema.org and MLCommons, without losing one', async () => {
  const fragment = read(`${snapshots}/croissant.json`);

  // Safe: a term that no context explains is an error, and no context is fetched.
  const [dataset] = await jsonld.expand(fragment, { safe: true, base: 'https://example.org/', documentLoader: (url) => { throw new Error(`fetched ${url}`); } });

  assert.deepEqual(dataset['@type'], ['https://schema.org/Dataset']);
  const [records] = dataset['http://mlcommons.org/croissant/recordSet'];
  assert.deepEqual(records['@type'], ['http://mlcommons.org/croissant/RecordSet']);
  const fields = records['http://mlcommons.org/croissant/field'];
  assert.ok(fields.every((field) => field['http://mlcommons.org/croissant/dataType'][0]['@id'].startsWith('https://schema.org/')));
  const rows = records['http://mlcommons.org/croissant/data'][0]['@value'];
  assert.deepEqual(Object.keys(rows[0]).sort(), fields.map((field) => field['@id'].replace('https://example.org/', '')).sort());
  assert.equal(rows.length, 14);
  const [file] = dataset['https://schema.org/distribution'];
  assert.deepEqual(file['@type'], ['http://mlcommons.org/croissant/FileObject']);
  assert.match(file['https://schema.org/sha256'][0]['@value'], /^c{64}$/);
  assert.ok(Object.keys(dataset).some((term) => term.startsWith('http://mlcommons.org/croissant/RAI/')));
});
