import './styles/base.css';
import '../protocol/client/input/field-limit.ts';
import { render } from 'solid-js/web';
import { guardComposition } from '../protocol/client/input/keys.ts';
import { App } from './app.tsx';
import { speak } from './texts/languages/speak.ts';

guardComposition(window);

const root = document.getElementById('root');
// English comes with the code and is drawn at once.
void speak().then(() => root && render(() => <App />, root));
