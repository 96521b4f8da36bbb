// What the tests play: the bridge's answers, the page around, and the visitor's fingers.

let sockets = [];
let posted = [];

/** Answers fetches with these texts by address, those of definitions with the bytes, everything else with 404; collects
    what is posted, and sockets instead of dialling. */
export function playBridge(texts, definition) {
  const byAddress = JSON.parse(texts);
  sockets = [];
  posted = [];
  window.fetch = async (address, init) => {
    if (init?.method === "POST") posted.push({ address, body: JSON.parse(init.body) });
    const text = address.includes("/assistant/") ? definition : byAddress[address];
    return text === undefined ? new Response("", { status: 404 }) : new Response(text);
  };
  window.WebSocket = class {
    constructor(address) {
      this.address = address;
      this.sent = [];
      sockets.push(this);
      setTimeout(() => this.onopen?.(new Event("open")));
    }
    send(text) {
      this.sent.push(JSON.parse(text));
    }
    close() {
      this.closed = true;
    }
  };
}

export const dialled = () => sockets.length;

export const postedText = () => JSON.stringify(posted);

export const sent = () => JSON.stringify(sockets.flatMap((socket) => socket.sent));

export function bridgeSays(frame) {
  sockets.at(-1).onmessage?.(new MessageEvent("message", { data: frame }));
}

export function bridgeDies() {
  sockets.at(-1).onclose?.(new CloseEvent("close"));
}

/** `how` is "fine", "blocked" (as with third-party storage switched off) or "full". */
export function storageIs(how) {
  Object.defineProperty(window, "localStorage", how === "blocked" ? { ...real, get: blocked } : real);
  Storage.prototype.setItem = how === "full" ? full : setItem;
  if (how !== "blocked") localStorage.clear();
}

const real = Object.getOwnPropertyDescriptor(window, "localStorage");
const { setItem } = Storage.prototype;

function full() {
  throw new DOMException("full", "QuotaExceededError");
}

function blocked() {
  throw new DOMException("blocked", "SecurityError");
}

export function type(css, text) {
  const field = document.querySelector(css);
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** Whether the browser would go on with the key, such as beginning a new line. */
export function press(css, key, shiftKey, isComposing) {
  const how = { key, shiftKey, isComposing, bubbles: true, cancelable: true };
  return document.querySelector(css).dispatchEvent(new KeyboardEvent("keydown", how));
}

export function click(css) {
  document.querySelector(css).click();
}

export function order(body) {
  window.postMessage({ passerelle: "order", body }, location.origin);
}

export function choose(css, value) {
  const field = document.querySelector(css);
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** An attribute or property of the first such element. */
export function look(css, name) {
  const element = document.querySelector(css);
  return String(element?.getAttribute(name) ?? element?.[name]);
}

export const texts = (css) => [...document.querySelectorAll(css)].map((element) => element.textContent);

export const count = (css) => document.querySelectorAll(css).length;

/** Runs the loader as if a page had embedded it from this origin. */
export function embed(loader, early) {
  window.Passerelle = early ? JSON.parse(early) : undefined;
  run(loader, {});
}

/** The same with more attributes of the script tag. */
export function embedWith(loader, attributes) {
  window.Passerelle = undefined;
  run(loader, JSON.parse(attributes));
}

function run(loader, attributes) {
  const script = document.createElement("script");
  Object.assign(script.dataset, { site: "demo", ...attributes });
  script.textContent = loader;
  Object.defineProperty(script, "src", { value: location.origin + "/passerelle.js" });
  document.head.append(script);
  script.remove();
}

const shadow = () => document.querySelector("passerelle-chat")?.shadowRoot;

export const inLoader = (css) => shadow()?.querySelector(css);

export const loader = () => window.Passerelle;

/** Waits for the frame's page, which is a 404 here, so that a message can be sent in its name. */
export async function frameSays(message) {
  const frame = shadow().querySelector("iframe");
  if (frame.contentDocument?.readyState !== "complete" || frame.contentWindow.location.href === "about:blank") {
    await new Promise((loaded) => frame.addEventListener("load", loaded, { once: true }));
  }
  const script = frame.contentDocument.createElement("script");
  script.textContent = `parent.postMessage(${message}, ${JSON.stringify(location.origin)})`;
  frame.contentDocument.documentElement.append(script);
}

/** What the loader tells the frame from now on. */
export function listenAsFrame() {
  const heard = [];
  shadow().querySelector("iframe").contentWindow.addEventListener("message", ({ data }) => heard.push(data));
  return heard;
}

/** The page's address becomes this one, without anything being loaded. */
export function goTo(address) {
  history.replaceState(null, "", address);
}

/** What the page's own scripts are told from now on. */
export function listenToPage(event) {
  const heard = [];
  addEventListener(event, ({ detail }) => heard.push(detail));
  return heard;
}

export const heardText = (heard) => JSON.stringify(heard);

export function say(text) {
  window.postMessage(JSON.parse(text), location.origin);
}
