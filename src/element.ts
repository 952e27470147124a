/**
 * `<conv-scope state="v1=..." theme="dark" lang="ko">` for anybody's page: a frame of `embed.html`, as high as what it shows. Built into
 * one script of its own (`conv-scope.js`), which needs nothing else:
 *
 *     <script async src="https://.../conv-scope.js"></script>
 *     <conv-scope state="v1=..."></conv-scope>
 *
 * `state` is the hash of a share link, or the link itself; `theme` is system, light or dark; `lang` en or ko; without them the
 * figure follows the reader's browser.
 */
import { isHeightMessage, type LookMessage, languageOf, themeOf } from './embedMessages.ts';

/** Where this script comes from, and the figures with it. A script that runs later has no `currentScript`. */
const home = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : document.baseURI;

/** Until the figure has said how high it is. */
const firstHeight = 480;

class ConvScopeElement extends HTMLElement {
  static readonly observedAttributes = ['state', 'theme', 'lang'] as const;
  #frame: HTMLIFrameElement | null = null;

  connectedCallback(): void {
    const frame = document.createElement('iframe');
    frame.title = 'ConvScope';
    frame.loading = 'lazy';
    frame.referrerPolicy = 'no-referrer';
    frame.allow = 'fullscreen';
    Object.assign(frame.style, { width: '100%', height: `${firstHeight}px`, border: '0', display: 'block' });
    frame.src = this.#address();
    this.#frame = frame;
    this.style.display = 'block';
    this.replaceChildren(frame);
    window.addEventListener('message', this.#onMessage);
  }

  disconnectedCallback(): void {
    window.removeEventListener('message', this.#onMessage);
    this.#frame = null;
    this.replaceChildren();
  }

  attributeChangedCallback(name: (typeof ConvScopeElement.observedAttributes)[number]): void {
    if (!this.#frame) return;
    if (name === 'state') {
      this.#frame.src = this.#address();
      return;
    }
    const { theme, lang } = this.#look();
    const message: LookMessage = { type: 'conv-scope-look', theme, lang };
    this.#frame.contentWindow?.postMessage(message, new URL(this.#frame.src).origin);
  }

  #look(): Pick<LookMessage, 'theme' | 'lang'> {
    return { theme: themeOf(this.getAttribute('theme')), lang: languageOf(this.getAttribute('lang')) };
  }

  #address(): string {
    const address = new URL('./embed.html', home);
    const { theme, lang } = this.#look();
    if (theme) address.searchParams.set('theme', theme);
    if (lang) address.searchParams.set('lang', lang);
    const state = this.getAttribute('state') ?? '';
    // Of a whole link the hash alone counts: the figure comes from where this script comes from.
    address.hash = state.slice(state.indexOf('#') + 1);
    return address.href;
  }

  readonly #onMessage = ({ source, data }: MessageEvent<unknown>): void => {
    if (!this.#frame || source !== this.#frame.contentWindow || !isHeightMessage(data)) return;
    this.#frame.style.height = `${data.height}px`;
  };
}

if (!customElements.get('conv-scope')) customElements.define('conv-scope', ConvScopeElement);
