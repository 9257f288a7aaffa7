/** The command, for whoever starts it from code. */
export { main } from './main.ts';
