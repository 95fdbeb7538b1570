// One colour a thing, on every chart and table. The set differs in lightness as well as in hue, so
// that it also holds for readers who do not see red and green apart; words or shapes go with it.

const light = {
  pv: '#e69f00',
  selfUse: '#1f7a4d',
  export: '#35b5c4',
  import: '#7186a3',
  load: '#3b4252',
  battery: '#8e6bb5',
  curtailed: '#c46a4a',
  loss: '#b3a9a0',
  rose: '#b8527f',
  olive: '#8a8f2a',
  drawn: '#9a4a0c',
  fed: '#0b6f7c',
  ink: '#1d2430',
  faint: '#5b6472',
  line: '#dcd8cf',
  ground: '#ffffff',
};

export type Colours = typeof light;

const dark: Colours = {
  pv: '#f2b53a',
  selfUse: '#3fae76',
  export: '#6fd6e2',
  import: '#8ea3bf',
  load: '#d5dae3',
  battery: '#b79bdc',
  curtailed: '#e08d6e',
  loss: '#8f867e',
  rose: '#e38fb4',
  olive: '#c4c95a',
  drawn: '#f0a05a',
  fed: '#55d0e0',
  ink: '#eceff4',
  faint: '#aab3c0',
  line: '#3a424e',
  ground: '#1b2027',
};

export const colours = { light, dark };
