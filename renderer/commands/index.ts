/** Registers every command. Import this once, before anything shows one. */
import './file.ts';
import './edit.ts';
import './view.ts';
import './part.ts';
import './manufacture.ts';
import './study.ts';
import './surrogate.ts';
import './design.ts';
import './branches.ts';
import './outside.ts';
import './agent.ts';
import './window.ts';
import './sketch.ts';

export * from './keys.ts';
export * from './registry.ts';
export * from './use-command.ts';
