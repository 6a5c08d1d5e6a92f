// The page's start: the worker, the desk, and what is drawn.

import { mount } from 'svelte';

import App from './App.svelte';
import { Client } from './core/client';
import { Desk } from './state/desk.svelte';
import { Session } from './state/session.svelte';
import './style.css';

const worker = new Worker(new URL('./core/worker.ts', import.meta.url), { type: 'module' });
const target = document.getElementById('app');
if (target === null) throw new Error('index.html has a place for the page');
mount(App, { target, props: { desk: new Desk(new Session(new Client(worker))) } });
