// @ts-check
// Passerelle's loader: launcher, frame, `window.Passerelle`. Types: `loader.d.ts`; use: `docs/embedding.md`.
(() => {
  "use strict";
  const early = window.Passerelle;
  if (early?.open) return; // One chat on a page.

  const script = /** @type {HTMLScriptElement | null} */ (
    document.currentScript || document.querySelector("script[data-site]")
  );
  if (!script?.dataset.site) {
    console.error("Passerelle: the script tag needs data-site");
    return;
  }
  const { site, accent, position, label = "Chat", locale, shared } = script.dataset;
  const origin = new URL(script.src).origin;
  const stored = "passerelle:" + site + (shared ? "~shared" : "");
  const listening = new AbortController();
  const { signal } = listening;
  /** @type {Map<string, Set<Function>>} */
  const listeners = new Map();
  /** @type {object[]} */
  const unsent = [];
  let isOpen = false;
  let isAlive = false;
  let isReady = false;
  let isShown = false;
  let failures = 0;
  let focusDue = false;
  let unread = 0;
  /** @type {HTMLIFrameElement | undefined} */
  let frame;

  const styles = new CSSStyleSheet();
  styles.replaceSync(`
:host { all: initial; color-scheme: light dark }
:host([hidden]) { display: none }
button, iframe { position: fixed; z-index: var(--passerelle-z, 2147483000); border: 0; right: 20px }
:host([data-position="left"]) :is(button, iframe) { right: auto; left: 20px }
button { bottom: max(20px, env(safe-area-inset-bottom)); width: 56px; height: 56px; padding: 0; border-radius: 50%; cursor: pointer;
  background: var(--accent, #1c2b33); color: var(--on-accent, #fff); box-shadow: 0 1px 2px #0003, 0 6px 20px #0003; transition: transform .2s }
button:hover { transform: translateY(-2px) }
button:focus-visible { outline: 3px solid var(--accent, #1c2b33); outline-offset: 3px }
svg { position: absolute; inset: 14px; width: 28px; height: 28px; fill: none; stroke: currentColor; stroke-width: 1.9;
  stroke-linecap: round; stroke-linejoin: round; transition: opacity .2s, transform .2s }
[aria-expanded="true"] svg:first-child, [aria-expanded="false"] svg + svg { opacity: 0; transform: scale(.6) }
span { position: absolute; top: -2px; right: -2px; min-width: 8px; padding: 0 6px; border-radius: 10px;
  background: #c4281c; color: #fff; font: 600 12px/20px system-ui; box-shadow: 0 0 0 2px #fff }
span:empty { display: none }
iframe { bottom: calc(92px + env(safe-area-inset-bottom)); width: 400px; max-width: calc(100vw - 40px); height: min(680px, calc(100dvh - 112px));
  border-radius: 20px; background: Canvas; box-shadow: 0 0 0 1px #0001, 0 16px 48px #0003;
  visibility: hidden; opacity: 0; transform: translateY(10px); transition: opacity .2s, transform .2s, visibility 0s .2s }
p { position: fixed; z-index: var(--passerelle-z, 2147483000); bottom: calc(92px + env(safe-area-inset-bottom)); right: 20px; margin: 0;
  padding: 14px 18px; border-radius: 14px; background: Canvas; color: CanvasText; font: 14px/1.4 system-ui; box-shadow: 0 0 0 1px #0001, 0 16px 48px #0003 }
:host([data-position="left"]) p { right: auto; left: 20px }
p:empty { display: none }
iframe.open { visibility: visible; opacity: 1; transform: none; transition-delay: 0s }
@media (max-width: 480px) {
  iframe, :host([data-position]) iframe { inset: var(--top, 0) 0 auto; width: 100%; max-width: none; height: var(--height, 100dvh); border-radius: 0; box-shadow: none }
  [aria-expanded="true"] { visibility: hidden }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important } }
@media print { :host { display: none } }`);

  const host = document.createElement("passerelle-chat");
  if (position) host.dataset.position = position;
  if (accent) host.style.setProperty("--accent", accent);
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [styles];

  const launcher = document.createElement("button");
  launcher.type = "button";
  launcher.dataset.part = "launcher";
  launcher.setAttribute("aria-controls", "frame");
  const badge = document.createElement("span");
  badge.ariaHidden = "true";
  for (const path of ["M12 4c5 0 9 3.1 9 7.2s-4 7.3-9 7.3q-1.5 0-2.9-.4L4.5 20.5l.9-4Q3 14.3 3 11.2C3 7.1 7 4 12 4zM7.5 13c1.2-3 7.8-3 9 0", "M6 9.5l6 6 6-6"]) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.ariaHidden = "true";
    const line = document.createElementNS(svg.namespaceURI, "path");
    line.setAttribute("d", path);
    svg.append(line);
    launcher.append(svg);
  }
  launcher.append(badge);
  // Stands in for the frame until that can show itself, and when it cannot.
  const stand = document.createElement("p");
  stand.dataset.part = "opening";
  stand.setAttribute("role", "status");
  root.append(stand, launcher);

  /** @type {(event: string, detail?: unknown) => void} */
  const emit = (event, detail) => {
    for (const heard of listeners.get(event) ?? []) queueMicrotask(() => heard(detail));
  };

  /** Tells the page's scripts both ways: those that have the loader's types, and those that only know the page. */
  /** @type {(event: string, detail: object) => void} */
  const hand = (event, detail) => {
    emit(event, detail);
    queueMicrotask(() => window.dispatchEvent(new CustomEvent("passerelle:" + event, { detail })));
  };

  /** @type {(json: unknown) => unknown} */
  const parsed = (json) => {
    try {
      return json ? JSON.parse(String(json)) : undefined;
    } catch {
      return String(json);
    }
  };

  const draw = () => {
    const waiting = unread && !isOpen;
    launcher.ariaExpanded = String(isOpen);
    launcher.ariaLabel = label + (isOpen ? ": close" : ": open") + (waiting ? ` (${unread})` : "");
    badge.textContent = waiting ? String(Math.min(unread, 99)) : "";
    frame?.classList.toggle("open", isOpen && isShown);
    stand.textContent = !isOpen || isShown ? "" : failures ? "The chat cannot be reached. Trying again…" : "Opening the chat…";
  };

  /** @type {(kind: string, more?: object) => void} */
  const post = (kind, more) => {
    const message = { passerelle: kind, ...more };
    if (kind === "opened" && focusDue) frame?.focus();
    if (isReady) frame?.contentWindow?.postMessage(message, origin);
    else if (kind === "send") unsent.push(message);
  };

  /** Where the visitor is, for the assistant. A fragment stays here, since it may hold what no server should see, and so
      does a preview link's token. */
  const tellPage = () => {
    const url = location.href.split("#")[0].replace(shared || "#", "");
    post("page", { url, title: document.title, referrer: document.referrer });
  };

  /** @type {ReturnType<typeof setTimeout>} */
  let patience;
  const prepare = () => {
    if (frame || signal.aborted) return;
    frame = document.createElement("iframe");
    frame.id = "frame";
    frame.title = label;
    frame.dataset.part = "frame";
    // What stands behind the # is for the frame alone; no server sees it.
    frame.src =
      `${origin}/frame/${encodeURIComponent(site)}` +
      (shared ? `?shared=${encodeURIComponent(shared)}` : "") +
      `#host=${encodeURIComponent(location.origin)}` +
      (locale ? `&locale=${encodeURIComponent(locale)}` : "");
    root.prepend(frame);
    draw();
    isAlive = false;
    // An error page of the browser's own loads too, and says nothing.
    frame.addEventListener("load", () => isAlive || wait(giveUp, 1000));
    wait(giveUp, 15000);
  };

  // The bridge does not answer: the browser's own error page is taken away, and the chat is asked for again.
  const giveUp = () => {
    if (isShown || signal.aborted) return;
    if (!failures) console.error("Passerelle: no chat at " + frame?.src);
    frame?.remove();
    frame = undefined;
    failures += 1;
    draw();
    emit("error", { message: origin + " does not answer" });
    if (isOpen) wait(prepare, Math.min(1000 * 2 ** failures, 15000));
  };

  /** @type {(then: () => void, millis: number) => void} */
  const wait = (then, millis) => {
    clearTimeout(patience);
    patience = setTimeout(then, millis);
  };

  const remember = () => {
    try {
      if (isOpen) sessionStorage.setItem(stored, "open");
      else sessionStorage.removeItem(stored);
    } catch {
      // Storage is blocked.
    }
  };

  /** @type {(focus?: boolean) => void} */
  const open = (focus = true) => {
    prepare();
    if (isOpen) return;
    isOpen = true;
    focusDue = focus;
    draw();
    remember();
    tellPage();
    post("opened", { focus });
    emit("open");
  };

  const close = () => {
    if (!isOpen) return;
    const focused = root.activeElement === frame;
    isOpen = false;
    draw();
    remember();
    if (focused) launcher.focus();
    post("closed");
    emit("close");
  };

  /** @type {Record<string, (data: any) => void>} */
  const news = {
    alive() {
      isAlive = true;
      wait(giveUp, 30000);
    },
    failed() {
      clearTimeout(patience);
      isShown = true; // The frame says what is wrong.
      draw();
    },
    ready() {
      isReady = isShown = true;
      failures = 0;
      clearTimeout(patience);
      draw();
      tellPage();
      if (isOpen) post("opened", { focus: focusDue });
      for (const message of unsent.splice(0)) frame?.contentWindow?.postMessage(message, origin);
      emit("ready");
    },
    close,
    look({ accent: colour, onAccent }) {
      if (accent) return; // The page has its own.
      host.style.setProperty("--accent", String(colour));
      host.style.setProperty("--on-accent", String(onAccent));
    },
    unread({ count }) {
      if (!Number.isInteger(count) || count === unread) return;
      unread = count;
      draw();
      emit("unread", { count });
    },
    message({ by, text }) {
      emit("message", { by: String(by), text: String(text) });
    },
    event({ name, data }) {
      hand("event", { name: String(name), data: parsed(data) });
    },
    userDefined({ data, text }) {
      hand("userDefined", { data: parsed(data), text: String(text) });
    },
  };

  /** @type {import("./loader").PasserelleApi} */
  const api = {
    open: () => open(),
    close,
    toggle: () => (isOpen ? close() : open()),
    show: () => (host.hidden = false),
    hide: () => (host.hidden = true),
    send(text) {
      prepare();
      tellPage();
      post("send", { text: String(text) });
    },
    on(event, heard) {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(heard));
      if (event === "ready" && isReady) queueMicrotask(() => heard(undefined));
    },
    off: (event, heard) => void listeners.get(event)?.delete(heard),
    destroy() {
      listening.abort();
      listeners.clear();
      host.remove();
      delete window.Passerelle;
    },
    get isOpen() {
      return isOpen;
    },
  };

  addEventListener(
    "message",
    ({ source, origin: from, data }) => {
      if (!frame || source !== frame.contentWindow || from !== origin) return;
      if (typeof data === "object" && data && Object.hasOwn(news, data.passerelle)) news[data.passerelle](data);
    },
    { signal },
  );
  // The page loses the focus when the visitor turns to the chat, perhaps on another page of a site that never reloads.
  addEventListener("blur", tellPage, { signal });
  launcher.addEventListener("click", api.toggle);
  for (const intent of ["pointerenter", "focus", "touchstart"]) {
    launcher.addEventListener(intent, prepare, { once: true, passive: true });
  }
  root.addEventListener("keydown", (event) => {
    if (/** @type {KeyboardEvent} */ (event).key === "Escape") close();
  });
  // On a phone the panel ends where the keyboard begins.
  const view = window.visualViewport;
  const fit = () => {
    host.style.setProperty("--top", `${view?.offsetTop}px`);
    host.style.setProperty("--height", `${view?.height}px`);
  };
  for (const change of ["resize", "scroll"]) view?.addEventListener(change, fit, { signal });

  const mount = () => {
    draw();
    document.body.append(host);
    window.Passerelle = api;
    for (const [method, ...values] of early?.q ?? []) /** @type {any} */ (api)[method]?.(...values);
    try {
      if (sessionStorage.getItem(stored) && innerWidth > 480) open(false);
    } catch {
      // Storage is blocked.
    }
    if (/** @type {any} */ (navigator).connection?.saveData) return;
    const later = () => (window.requestIdleCallback ?? setTimeout)(prepare);
    if (document.readyState === "complete") later();
    else addEventListener("load", later, { once: true, signal });
  };
  if (document.body) mount();
  else addEventListener("DOMContentLoaded", mount, { once: true });
})();
