// Starts the chat. The addresses carry hashes, so they come from this script's own tag.
const { script, wasm } = document.getElementById("boot").dataset;
const host = new URLSearchParams(location.hash.slice(1)).get("host");
const tell = (kind) => host && parent.postMessage({ passerelle: kind }, host);
tell("alive");
try {
  await (await import(script)).default({ module_or_path: wasm });
} catch (error) {
  console.error(error);
  document.getElementById("chat").textContent =
    "The chat could not start. Reload the page; if that does not help, use a current browser.";
  tell("failed");
}
