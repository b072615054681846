/** The regions of Veilig Thuis to choose from, by id and in the order of their names. Must hold no names: those are texts. */

export const REGIONS = [
  'amsterdam-amstelland', 'drenthe', 'flevoland', 'friesland', 'gelderland-midden', 'gelderland-zuid', 'gooi-en-vechtstreek',
  'groningen', 'haaglanden', 'hollands-midden', 'ijsselland', 'kennemerland', 'midden-brabant', 'noord-en-midden-limburg',
  'noord-holland-noord', 'noord-oost-gelderland', 'oost-brabant', 'rotterdam-rijnmond', 'twente', 'utrecht', 'west-brabant',
  'zaanstreek-waterland', 'zeeland', 'zuid-holland-zuid', 'zuid-limburg',
];
