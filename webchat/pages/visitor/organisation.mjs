/** What the organisation that runs this chat has set. Must offer only: nothing of it is taken for granted. */

import { panel } from './texts.nl.mjs';

/**
 * Where the bot asks for a town, the organisation's own region is one press away. The question for a town is the only
 * one with nothing to choose but to skip it.
 * @param {{title: string, payload: string}[]} choices
 * @returns {{title: string, payload: string}[]}
 */
export function withRegion(choices) {
  const { region, regionName } = document.documentElement.dataset;
  if (!region || choices.length !== 1 || choices[0].payload !== '/skip') return choices;
  return [{ title: `${panel.region} ${regionName}`, payload: `/region:${region}` }, ...choices];
}
