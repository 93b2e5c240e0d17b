// node run_graph.cjs GRAPH ASKED ANSWERED OUTPUT…: runs rounds of ids and masks (JSON) and writes the outputs side by side.
const fs = require('fs');
const ort = require('onnxruntime-node');

async function main([graph, asked, answered, ...outputs]) {
  const session = await ort.InferenceSession.create(graph, { intraOpNumThreads: 1 });
  const rounds = [];
  for (const { ids, mask } of JSON.parse(fs.readFileSync(asked, 'utf8'))) {
    const shape = [ids.length, ids[0].length];
    const tensor = rows => new ort.Tensor('int64', BigInt64Array.from(rows.flat(), BigInt), shape);
    const inputs = { input_ids: tensor(ids), attention_mask: tensor(mask) };
    if (session.inputNames.includes('token_type_ids'))
      inputs.token_type_ids = new ort.Tensor('int64', new BigInt64Array(shape[0] * shape[1]), shape);
    const found = await session.run(inputs, outputs);
    rounds.push(ids.map((_, row) => outputs.flatMap(name => {
      const width = found[name].data.length / ids.length;
      return Array.from(found[name].data.slice(row * width, (row + 1) * width));
    })));
  }
  fs.writeFileSync(answered, JSON.stringify(rounds));
}

main(process.argv.slice(2)).catch(error => { console.error(error.message); process.exit(1); });
