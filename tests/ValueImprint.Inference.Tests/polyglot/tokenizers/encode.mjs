// Encodes texts with Hugging Face's own tokenizers: a folder with tokenizer.json as the argument, a text as JSON a line on stdin, its ids a
// line on stdout.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';

const tokenizer = new Tokenizer(JSON.parse(readFileSync(join(process.argv[2], 'tokenizer.json'), 'utf8')), {});
const texts = readFileSync(0, 'utf8').split('\n').filter((line) => line.length > 0);
process.stdout.write(texts.map((line) => `${JSON.stringify(tokenizer.encode(JSON.parse(line)).ids)}\n`).join(''));
