/** Whether and how parts can be made: rules from published guidelines on the real faces, and a plan with time and cost. */
export {
  type CheckObserver,
  checkManufacturing,
  MANUFACTURE_VERSION,
  type ManufacturingRequest,
  processNamed,
} from './check.ts';
export { classOf, type MaterialClass } from './material-class.ts';
export { type Rule, rulesOf } from './rules/rule-book.ts';
export { checkInWorker } from './worker/check-in-worker.ts';
