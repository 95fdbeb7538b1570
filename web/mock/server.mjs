// Answers from the examples of docs/openapi.yaml, so that pages can be looked at before the server
// is there: node mock/server.mjs [openapi.yaml] [port] [role]. Serves dist/app beside it.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import yaml from 'js-yaml';
import { richer } from './richer.mjs';

const [file = '../docs/openapi.yaml', port = '8471', firstRole = 'villager'] = process.argv.slice(2);
const document = yaml.load(readFileSync(file, 'utf8'), { schema: yaml.JSON_SCHEMA });
const folder = 'dist/app';
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const policy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'";
const roleOf = (request) => /mock=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? firstRole;

const resolve = (schema) =>
  schema?.$ref ? resolve(schema.$ref.slice(2).split('/').reduce((at, name) => at[name], document)) : schema;

function make(given) {
  const schema = resolve(given);
  if (!schema) return null;
  if (schema.example !== undefined) return schema.example;
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.oneOf || schema.anyOf) return make((schema.oneOf ?? schema.anyOf).find((each) => each.type !== 'null'));
  if (schema.enum) return schema.enum[0];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object')
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, each]) => [name, make(each)]));
  if (type === 'array') return [make(schema.items)];
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'boolean') return false;
  return schema.pattern?.includes('0[1-9]') ? '2026-10' : type === 'string' ? '…' : null;
}

const routes = Object.keys(document.paths).map((path) => ({
  path,
  pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '([^/]+)').replaceAll('.', '\\.')}$`),
}));

const grantsOf = {
  villager: [{ role: 'villager', village: 'xinggezhuang', holder: 'H005' }],
  committee: [{ role: 'committee', village: 'xinggezhuang', holder: '' }],
  company: [{ role: 'company', village: 'xinggezhuang', holder: 'C1' }],
  'grid-company': [{ role: 'grid-company', village: '*', holder: '' }],
  town: [{ role: 'town', village: '*', holder: '' }],
  researcher: [{ role: 'researcher', village: '*', holder: '' }],
  administrator: [{ role: 'administrator', village: '*', holder: '' }],
};
const session = (role) =>
  role === 'nobody'
    ? { kind: 'nobody', account: null, name: '', display: '', grants: [], csrf: '', must_change_password: false, until_unix_s: null }
    : { kind: 'session', account: 'a7', name: role, display: '李秀英', grants: grantsOf[role], csrf: 'csrf', must_change_password: false, until_unix_s: 1798761600 };

function answer(request, response, url) {
  const path = url.pathname.replace('/api/v1', '');
  const verb = request.method.toLowerCase();
  const send = (status, body) => {
    response.writeHead(status, { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' });
    response.end(JSON.stringify(body));
  };
  if (path === '/events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(': here\n\n');
    return;
  }
  if (path === '/session' && verb === 'post') {
    let text = '';
    request.on('data', (piece) => (text += piece));
    request.on('end', () => {
      const { name } = JSON.parse(text);
      if (!(name in grantsOf)) return send(401, { type: 'about:blank', title: '用户名或密码不正确', status: 401 });
      response.setHeader('Set-Cookie', `mock=${name}; Path=/`);
      send(200, session(name));
    });
    return;
  }
  if (path === '/about')
    return send(200, { program: 'xiaoyuan', version: '0', needs_setup: false, demo: { accounts: Object.keys(grantsOf).map((name) => ({ name, password: `${name}-demo-2026`, role: name, display: name })) } });
  if (path === '/session') {
    if (verb === 'delete') response.setHeader('Set-Cookie', 'mock=nobody; Path=/');
    return send(200, session(verb === 'delete' ? 'nobody' : roleOf(request)));
  }
  const found = routes.find((route) => route.pattern.test(path) && document.paths[route.path][verb]);
  if (!found) return send(404, { type: 'about:blank', title: '没有这个地址', status: 404 });
  const rich = verb === 'get' ? richer(found.path, path.match(found.pattern).slice(1), url.searchParams, make, document) : undefined;
  if (rich !== undefined) return send(200, rich);
  const responses = document.paths[found.path][verb].responses;
  const status = ['200', '201', '202', '204'].find((code) => responses[code]);
  if (status === '204') return response.writeHead(204).end();
  const schema = resolve(responses[status]).content?.['application/json']?.schema;
  send(Number(status), schema ? make(schema) : {});
}

createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname.startsWith('/api/')) return answer(request, response, url);
  const asked = join(folder, url.pathname);
  const path = extname(asked) && existsSync(asked) ? asked : join(folder, 'index.html');
  response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'text/plain', 'Content-Security-Policy': policy });
  response.end(readFileSync(path));
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`));
