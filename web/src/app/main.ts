// Puts the app together: styles, language and theme, who is signed in, and the page of the address.
import { mount } from 'svelte';
import '../style.css';
import App from './App.svelte';
import './app.css';
import { live } from './live.svelte';
import { router } from './router.svelte';
import { session } from './session.svelte';
import { ui } from './ui.svelte';

const target = document.getElementById('app');
if (target) {
  ui.start();
  router.start();
  session.start();
  live.start();
  void session.look();
  mount(App, { target });
}
