/** Makes a link to the chat look like a button. Must give the page it stands on no way into the chat. */
(() => {
  const chat = `${new URL(document.currentScript.src).origin}/`;
  const colours = { utrecht: ['#b3001b', '#fff'], rvo: ['#164375', '#fff'], donker: ['#1e2b30', '#fff'] };
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`a { display: inline-flex; align-items: center; box-sizing: border-box; min-height: 44px; min-width: 44px;
    padding: .5rem 1.25rem; border: 2px solid transparent; border-radius: var(--chat-radius, 8px); font: inherit; font-weight: 600;
    text-decoration: none; background: var(--chat-accent, #17585e); color: var(--chat-on-accent, #fff); }
    a:hover { text-decoration: underline; } a:focus-visible { outline: 3px solid; outline-offset: 2px; }
    @media (forced-colors: active) { a { border-color: LinkText; } }`);

  customElements.define('chat-knop', class extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const text = this.getAttribute('tekst') || this.textContent.trim() || 'Chat';
      const more = ['organisatie', 'regio'].map((name) => this.getAttribute(name)).filter(Boolean).join(', ');
      const link = document.createElement('a');
      Object.assign(link, { href: chat, target: '_top', rel: 'noreferrer noopener', referrerPolicy: 'no-referrer', textContent: text });
      if (more) link.setAttribute('aria-label', `${text}, ${more}`);
      const [back, front] = colours[this.getAttribute('thema')] ?? [];
      const root = this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [sheet];
      if (back) Object.assign(link.style, { background: back, color: front });
      root.append(link);
    }
  });
})();
