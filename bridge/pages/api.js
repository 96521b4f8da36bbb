// Searching the API's reference, and copying its examples. Without this script the page says the same.

const search = document.querySelector("[data-search]");
const input = search.querySelector("input");
const none = document.querySelector("[data-none]");
const entries = [...document.querySelectorAll("[data-entry]")];
const groups = [...document.querySelectorAll("[data-group]")];

function show() {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const entry of entries) {
    const text = `${entry.dataset.entry} ${words.length ? entry.textContent.toLowerCase() : ""}`;
    entry.hidden = !words.every((word) => text.includes(word));
  }
  for (const group of groups) {
    group.hidden = !group.querySelector("[data-entry]:not([hidden])");
  }
  none.hidden = entries.some((entry) => !entry.hidden);
}

search.hidden = false;
input.addEventListener("input", show);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && event.target !== input) {
    event.preventDefault();
    input.focus();
  } else if (event.key === "Escape" && event.target === input) {
    input.value = "";
    show();
  }
});

// The clipboard is there only where the page was loaded by HTTPS, or from this machine.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
}

const links = new Map([...document.querySelectorAll("nav ul ul a")].map((link) => [link.hash.slice(1), link]));
const seen = new IntersectionObserver(
  (changes) => {
    const top = changes.find((change) => change.isIntersecting);
    if (!top || !links.has(top.target.id)) return;
    for (const link of links.values()) link.removeAttribute("aria-current");
    links.get(top.target.id).setAttribute("aria-current", "true");
  },
  { rootMargin: "0px 0px -70% 0px" },
);
for (const article of document.querySelectorAll("article")) seen.observe(article);
