// Puts the page together: styles, the plan out of the data element, and the views.
import { mount } from 'svelte';
import Report from './Report.svelte';
import { readResults } from './results';
import './style.css';
import './print.css';

const target = document.getElementById('page');
if (target) {
  const results = readResults(document.getElementById('results')?.textContent ?? '');
  mount(Report, { target, props: { results } });
}
