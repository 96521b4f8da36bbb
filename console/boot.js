// Starts the console. The addresses carry hashes, so they come from this script's own tag.
const { script, wasm } = document.getElementById("boot").dataset;
try {
  await (await import(script)).default({ module_or_path: wasm });
} catch (error) {
  console.error(error);
  document.getElementById("app").textContent =
    "The console could not start. Reload the page; if that does not help, use a current browser.";
}
