// Where one is in the app: typed routes over the browser's own addresses (History API).

export const patterns = {
  door: '/',
  signIn: '/sign-in',
  setup: '/setup',
  home: '/home/:month?',
  village: '/v/:village',
  household: '/v/:village/households/:household',
  settlement: '/v/:village/settlement/:month?/:holder?',
  studio: '/v/:village/studio/:plan?',
  start: '/start',
  link: '/p/:link',
  town: '/town',
  data: '/data',
  admin: '/admin/:part?',
  account: '/account',
} as const;

export type RouteName = keyof typeof patterns;

type Named<Part extends string> = Part extends `:${infer Name}?`
  ? { [key in Name]?: string | undefined }
  : Part extends `:${infer Name}`
    ? { [key in Name]: string }
    : object;
type ParametersOf<Pattern extends string> = Pattern extends `${infer Head}/${infer Rest}`
  ? Named<Head> & ParametersOf<Rest>
  : Named<Pattern>;
/** What a route's address names: `{ village: string; month?: string }`. */
export type Parameters<Name extends RouteName> = ParametersOf<(typeof patterns)[Name]>;

export interface Place {
  name: RouteName | 'nowhere';
  parameters: Record<string, string>;
  query: URLSearchParams;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (given.length > wanted.length) return null;
  const found: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const here = given[index];
    if (!part.startsWith(':')) {
      if (here !== part) return null;
    } else if (here === undefined) {
      if (!part.endsWith('?')) return null;
    } else {
      const value = decode(here);
      if (value === null) return null;
      found[part.replace(/^:|\?$/g, '')] = value;
    }
  }
  return found;
}

/** The place that an address names. */
export function placeOf(path: string, search = ''): Place {
  const query = new URLSearchParams(search);
  for (const [name, pattern] of Object.entries(patterns)) {
    const parameters = match(pattern, path);
    if (parameters) return { name: name as RouteName, parameters, query };
  }
  return { name: 'nowhere', parameters: {}, query };
}

type Query = Record<string, string | number | undefined | null>;

/** The address of a place. */
export function href<Name extends RouteName>(
  name: Name,
  ...[parameters, query]: object extends Parameters<Name>
    ? [parameters?: Parameters<Name>, query?: Query]
    : [parameters: Parameters<Name>, query?: Query]
): string {
  const given = (parameters ?? {}) as Record<string, string | undefined>;
  const parts = patterns[name].split('/').filter(Boolean);
  const path = parts.flatMap((part) => {
    if (!part.startsWith(':')) return [part];
    const value = given[part.replace(/^:|\?$/g, '')];
    return value === undefined ? [] : [encodeURIComponent(value)];
  });
  const asked = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') asked.set(key, String(value));
  }
  const search = asked.toString();
  return `/${path.join('/')}${search ? `?${search}` : ''}`;
}

class Router {
  place = $state.raw<Place>({ name: 'door', parameters: {}, query: new URLSearchParams() });

  /** Follows the browser's buttons and clicks on links; returns how to stop. */
  start(): () => void {
    const look = () => (this.place = placeOf(location.pathname, location.search));
    const click = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) return;
      if (link.target || link.hasAttribute('download')) return;
      if (link.pathname.startsWith('/api/') || link.getAttribute('href')?.startsWith('#')) return;
      event.preventDefault();
      this.go(link.pathname + link.search);
    };
    look();
    addEventListener('popstate', look);
    document.addEventListener('click', click);
    return () => {
      removeEventListener('popstate', look);
      document.removeEventListener('click', click);
    };
  }

  /** Goes to an address as `href` makes it. */
  go(address: string): void {
    if (address !== location.pathname + location.search) history.pushState(null, '', address);
    this.place = placeOf(location.pathname, location.search);
    if (typeof scrollTo === 'function') scrollTo(0, 0);
    // A reader of the screen hears the new page's heading, as after a load.
    queueMicrotask(() => document.getElementById('content')?.focus({ preventScroll: true }));
  }

  /** Changes the address in place: a choice within the page, without a step back to it. */
  replace(address: string): void {
    history.replaceState(null, '', address);
    this.place = placeOf(location.pathname, location.search);
  }
}

export const router = new Router();
