// Times each call of the module's `main` alone (assistant/examples/engine.rs says what a call does). What came out is
// posted back, an error as well.
const SIZES = [10, 100, 1000];
const TALKS = 200;
const ANSWERS = 3;
const CALLS = 2 + TALKS * (1 + ANSWERS);

function stage(call) {
  if (call === 0) return "make";
  if (call === 1) return "load";
  return (call - 2) % (1 + ANSWERS) === 0 ? "recognise" : "answer";
}

async function measure() {
  const module = await WebAssembly.compileStreaming(fetch("/bench.wasm"));
  const results = [];
  for (const [index, actions] of SIZES.entries()) {
    // A module of its own for each size, so that memory is that size's; the ones before it are run through untimed.
    const { exports } = await WebAssembly.instantiate(module);
    for (let call = 0; call < CALLS * index; call++) exports.main(0, 0);
    const times = { make: [], load: [], recognise: [], answer: [] };
    for (let call = 0; call < CALLS; call++) {
      const before = performance.now();
      exports.main(0, 0);
      times[stage(call)].push(performance.now() - before);
    }
    const resident_kib = exports.memory.buffer.byteLength / 1024;
    results.push({ actions, resident_kib, load: times.load, recognise: times.recognise, answer: times.answer });
  }
  return results;
}

const result = await measure().catch((error) => ({ error: String(error) }));
await fetch("/result", { method: "POST", body: JSON.stringify(result) });
