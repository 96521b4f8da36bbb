// Searching the API's reference, and copying its examples. Without this script the page says the same.

const search = document.querySelector("[data-search]");
const input = search.querySelector("input");
const found = document.querySelector("[data-found]");
const lines = [...document.querySelectorAll("nav [data-entry]")];
const groups = [...document.querySelectorAll("[data-group]")];
const articles = [...document.querySelectorAll("article")];

// What a line of the index leads to: an endpoint, or one of the basics.
function goal(line) {
  const place = document.getElementById(line.querySelector("a").hash.slice(1));
  return place.closest("article") ?? place;
}

function show() {
  const text = input.value.trim();
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const line of lines) {
    const place = goal(line);
    const told = words.length ? `${line.dataset.entry} ${place.textContent.toLowerCase()}` : "";
    const fits = words.every((word) => told.includes(word));
    line.hidden = !fits;
    if (place.matches("article")) place.hidden = !fits;
    count += fits ? 1 : 0;
  }
  for (const group of groups) {
    group.hidden = !group.querySelector("[data-entry]:not([hidden])");
  }
  found.textContent = !words.length ? "" : count ? `${count} of ${lines.length}` : `Nothing here has “${text}” in it.`;
}

// A browser that does not open what a link leads to is helped.
function reveal() {
  const place = document.getElementById(location.hash.slice(1));
  const folded = place?.closest("details");
  if (!folded || folded.open) return;
  folded.open = true;
  place.scrollIntoView();
}

reveal();
addEventListener("hashchange", reveal);

const fold = document.querySelector("[data-fold]");
fold.hidden = false;
for (const [at, button] of fold.querySelectorAll("button").entries()) {
  button.addEventListener("click", () => {
    for (const article of articles) article.querySelector("details").open = at === 0;
  });
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

const links = new Map(lines.map((line) => [goal(line), line.querySelector("a")]));
const seen = new IntersectionObserver(
  (changes) => {
    const top = changes.find((change) => change.isIntersecting);
    if (!top || !links.has(top.target)) return;
    for (const link of links.values()) link.removeAttribute("aria-current");
    links.get(top.target).setAttribute("aria-current", "true");
  },
  { rootMargin: "0px 0px -70% 0px" },
);
for (const article of articles) seen.observe(article);
