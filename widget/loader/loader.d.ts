// Types of `window.Passerelle`, for sites written in TypeScript.

/** Events of the chat and what they carry. */
export interface PasserelleEvents {
  /** The chat runs in its frame. */
  ready: undefined;
  /** The panel is shown. */
  open: undefined;
  /** The panel is hidden. */
  close: undefined;
  /** Something was said. */
  message: { by: "visitor" | "assistant" | "agent" | "business"; text: string };
  /** The visitor has pressed a button of the assistant's that is for the page. Also `passerelle:event` of `window`. */
  event: { name: string; data: unknown };
  /** The assistant shows what only the page can draw. Also `passerelle:userDefined` of `window`. */
  userDefined: { data: unknown; text: string };
  /** So many lines have not been read. */
  unread: { count: number };
  /** The chat does not work. */
  error: { message: string };
}

/** What a page can do with the chat. */
export interface PasserelleApi {
  /** Shows the panel. */
  open(): void;
  /** Hides the panel; the launcher stays. */
  close(): void;
  /** Shows the panel when it is hidden and hides it when it is shown. */
  toggle(): void;
  /** Shows the launcher and, if it was open, the panel. */
  show(): void;
  /** Hides launcher and panel. */
  hide(): void;
  /** Says something as the visitor. */
  send(text: string): void;
  /** Calls `heard` for every such event. */
  on<E extends keyof PasserelleEvents>(event: E, heard: (detail: PasserelleEvents[E]) => void): void;
  /** Calls it no more. */
  off<E extends keyof PasserelleEvents>(event: E, heard: (detail: PasserelleEvents[E]) => void): void;
  /** Takes the chat off the page. */
  destroy(): void;
  /** Whether the panel is shown. */
  readonly isOpen: boolean;
}

/** What a page may set before the loader has come: calls to make then, as `[method, ...values]`. */
export interface PasserelleQueue {
  q: [method: string, ...values: unknown[]][];
}

declare global {
  interface Window {
    Passerelle?: PasserelleApi & Partial<PasserelleQueue>;
  }
}
