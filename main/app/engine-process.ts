/** The engine of one window, in a process of its own: what it crashes on takes neither the shell nor a window along. */
import type Electron from 'electron';
import { type Client, connect, type PortLike, portTransport } from '../../preload/contract/index.ts';
import type { ElectronModules } from './electron-modules.ts';
import { type EngineLink, engineLink, type PortPurpose } from './engine-link.ts';

export interface EngineProcessOptions {
  modules: Pick<ElectronModules, 'utilityProcess' | 'MessageChannelMain'>;
  /** The built `service-process.js`. */
  program: string;
  /** How the window is shown, in words. */
  front: string;
  /** The process ended without having been told to. */
  onCrash(code: number): void;
}

/** An engine's environment, without what would change how Node itself behaves. */
function environment(): Record<string, string> {
  const { NODE_OPTIONS: _options, NODE_EXTRA_CA_CERTS: _certificates, ...rest } = process.env;
  return Object.fromEntries(Object.entries(rest).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

export class EngineProcess {
  readonly link: Client<EngineLink>;
  readonly #options: EngineProcessOptions;
  readonly #child: Electron.UtilityProcess;
  #ended = false;

  constructor(options: EngineProcessOptions) {
    this.#options = options;
    this.#child = options.modules.utilityProcess.fork(options.program, [options.front], {
      serviceName: 'Artificer engine',
      env: environment(),
      stdio: 'inherit',
    });
    this.#child.once('exit', (code) => {
      const wasTold = this.#ended;
      this.#ended = true;
      if (!wasTold) options.onCrash(code);
    });
    this.link = connect(engineLink, portTransport(this.openPort('link') as unknown as PortLike));
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  /** This side's end of a new line to the engine. It is not started, so that nothing is lost before it is handed on. */
  openPort(purpose: PortPurpose): Electron.MessagePortMain {
    const { port1, port2 } = new this.#options.modules.MessageChannelMain();
    this.#child.postMessage(purpose, [port1]);
    return port2;
  }

  /** Every acknowledged change is in the project file: there is nothing to wait for. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#child.kill();
  }
}
