// Times each turn alone: every call of the module's `main` is one turn. What came out is posted back, an error as well.
const WARM_UP_TURNS = 500;
const TURNS = 5000;

async function measure() {
  const { instance } = await WebAssembly.instantiateStreaming(fetch("/turn.wasm"));
  const turn = () => instance.exports.main(0, 0);
  const began = performance.now();
  turn();
  const first = performance.now() - began;
  for (let i = 1; i < WARM_UP_TURNS; i++) turn();
  const times = new Float64Array(TURNS);
  for (let i = 0; i < TURNS; i++) {
    const before = performance.now();
    turn();
    times[i] = performance.now() - before;
  }
  times.sort();
  const at = (share) => times[Math.min(TURNS - 1, Math.floor(TURNS * share))];
  return { turns: TURNS, first, min: times[0], median: at(0.5), p95: at(0.95), max: times[TURNS - 1] };
}

const result = await measure().catch((error) => ({ error: String(error) }));
await fetch("/result", { method: "POST", body: JSON.stringify(result) });
