/** The bar above everything: pages, my status, who is there, sound. Must decide nothing about chats. */

import { button, dialog, el, select, twice, words } from './dom.mjs';
import { named, regions as regionNames } from './codes.nl.mjs';
import { accessibility, passwordForm } from './login.mjs';
import { showShortcuts } from './shortcuts.mjs';
import { bar as t, login, pages as pageNames, sound as soundTexts, texts } from './texts.nl.mjs';

const MOST = [1, 2, 3, 4];

export class Bar {
  /** @type {string[]} */
  pages;
  node;
  #desk;
  #sound;
  #tabs = new Map();
  #status = el('div', { class: 'segments', role: 'group', 'aria-label': t.status });
  /** @type {HTMLSelectElement} */
  #most = select(MOST.map((count) => [String(count), t.mostOf(count)]), '2', { 'aria-label': t.most, class: 'most' });
  #load = el('span', { class: 'load' });
  #duty = el('details', { class: 'menu' });
  #dutyName = el('summary', { class: 'button quiet' });
  #dutyList = el('ul', { class: 'sheet', 'aria-label': t.onDutyTitle });
  #soundBar = el('div', { class: 'sound-bar', role: 'region', 'aria-label': 'Geluid' });
  #line = el('p', { class: 'line-bar', role: 'alert', hidden: true });
  #soundOff;

  /**
   * @param {any} me @param {string[]} pages @param {import('./desk.mjs').Desk | null} desk @param {import('./sound.mjs').Sound} sound
   * @param {{show: (name: string) => void, logout: () => void, lock: () => void}} on
   */
  constructor(me, pages, desk, sound, on) {
    this.pages = pages;
    this.#desk = desk;
    this.#sound = sound;
    for (const name of pages) this.#tabs.set(name, button(pageNames[name], () => on.show(name), 'tab'));
    for (const [status, title] of Object.entries(t.statuses)) {
      this.#status.append(button(title, () => desk.status(status), 'segment', { 'aria-pressed': 'false', 'data-status': status }));
    }
    this.#most.addEventListener('change', () => desk.most(Number(this.#most.value)));
    this.#duty.append(this.#dutyName, this.#dutyList);
    this.#soundOff = button(t.soundOff, () => this.#soundGoes(false), 'item');
    this.#soundBar.append(el('p', {}, soundTexts.off), button(soundTexts.on, () => this.#soundGoes(true), 'button sound-on'));
    this.#soundBar.hidden = !desk;
    const presence = desk ? [this.#status, this.#most, this.#load, this.#duty] : [];
    this.node = el('header', { class: 'bar' },
      el('div', { class: 'bar-row' }, el('p', { class: 'brand' }, el('i', { 'aria-hidden': 'true' }), 'Lichtpunt'),
        el('nav', { class: 'tabs', 'aria-label': t.nav }, ...this.#tabs.values()), el('span', { class: 'gap' }), ...presence, this.#menu(me, on)),
      this.#line, this.#soundBar);
    this.#closeOutside(this.#duty);
    this.refresh();
  }

  /** @param {string} name the page that is shown */
  current(name) {
    for (const [page, tab] of this.#tabs) {
      if (page === name) tab.setAttribute('aria-current', 'page');
      else tab.removeAttribute('aria-current');
    }
  }

  /** Shows the desk as it is now. */
  refresh() {
    if (!this.#desk) return;
    const { store } = this.#desk;
    const me = store.me;
    for (const node of [this.#status, this.#most, this.#load]) node.hidden = !me;
    this.#duty.hidden = store.onDuty.length === 0;
    const badLine = store.line !== 'up' && this.#desk.hadLine;
    this.#line.hidden = !badLine;
    words(this.#line, badLine ? t.line[store.line] : '');
    if (!me) return;
    for (const segment of this.#status.children) segment.setAttribute('aria-pressed', String(segment.getAttribute('data-status') === me.status));
    if (document.activeElement !== this.#most) this.#most.value = String(me.most);
    words(this.#load, t.load(me.load, me.most));
    words(this.#dutyName, t.onDuty(store.onDuty.length));
    const lines = store.onDuty.map((one) => el('li', {}, el('strong', {}, one.staff === me.staff ? t.me(one.name) : one.name),
      el('span', {}, `${t.statuses[one.status]}, ${t.load(one.load, one.most)}`),
      el('span', { class: 'hint' }, one.regions?.length ? one.regions.map((id) => named(regionNames, id)).join(', ') : t.national)));
    if (this.#dutyList.textContent !== lines.map((line) => line.textContent).join('')) this.#dutyList.replaceChildren(...lines);
  }

  #menu(me, on) {
    const menu = el('details', { class: 'menu end' });
    const item = (title, act) => button(title, () => {
      menu.removeAttribute('open');
      act();
    }, 'item');
    const sheet = el('div', { class: 'sheet' }, item(t.shortcuts, showShortcuts));
    if (this.#desk) sheet.append(item(t.test, () => this.#soundGoes(true)), this.#soundOff);
    sheet.append(item(t.password, () => dialog(t.password, (close) => [passwordForm(() => {
      close();
      this.#desk?.toast(login.changed);
    }, close)], { close: texts.close, kind: 'narrow' })), accessibility('item'), item(t.lock, on.lock), this.#logout(on.logout));
    menu.append(el('summary', { class: 'button quiet' }, me.display_name || t.menu), sheet);
    this.#closeOutside(menu);
    return menu;
  }

  #logout(logout) {
    const hasChats = () => this.#desk?.store.chats.some((chat) => chat.as === 'holder' && chat.phase !== 'ended');
    const sure = twice(t.logout, t.logoutSure, logout, 'item');
    const plain = button(t.logout, () => (hasChats() ? undefined : logout()), 'item');
    const place = el('div', { class: 'logout' }, plain);
    plain.addEventListener('click', () => {
      if (!hasChats()) return;
      place.replaceChildren(sure);
      sure.focus();
      sure.click();
    });
    return place;
  }

  async #soundGoes(isOn) {
    if (!isOn) this.#sound.off();
    const works = isOn ? await this.#sound.on() : false;
    this.#soundBar.hidden = works;
    if (isOn && !works) words(/** @type {HTMLElement} */ (this.#soundBar.firstElementChild), soundTexts.failed);
    else if (!isOn) words(/** @type {HTMLElement} */ (this.#soundBar.firstElementChild), soundTexts.off);
    this.#desk?.resized();
  }

  /** A menu closes with Escape and when the focus goes elsewhere. @param {HTMLElement} menu */
  #closeOutside(menu) {
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !menu.hasAttribute('open')) return;
      menu.removeAttribute('open');
      /** @type {HTMLElement} */ (menu.firstElementChild).focus();
    });
    menu.addEventListener('focusout', (event) => {
      const to = /** @type {Node | null} */ (event.relatedTarget);
      if (to && !menu.contains(to)) menu.removeAttribute('open');
    });
  }
}
