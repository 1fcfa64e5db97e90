import './styles/base.css';
import '../protocol/client/input/field-limit.ts';
import { render } from 'solid-js/web';
import { guardComposition } from '../protocol/client/input/keys.ts';
import { App } from './app.tsx';

guardComposition(window);

const root = document.getElementById('root');
if (root) render(() => <App />, root);
