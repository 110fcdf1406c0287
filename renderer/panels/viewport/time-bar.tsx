import { frameLabel, framePlaceAt, framesOf, isFilm } from '../../state/frames.ts';
import { goToFrame, goToTime, momentsOf, SPEEDS, stepFrame, togglePlaying, usePlayback } from '../../state/playback.ts';
import { setDisplay, useResults } from '../../state/results.ts';
import { IconButton } from '../../ui/button.tsx';
import { Select } from '../../ui/fields.tsx';
import { formatNumber } from '../../units/format.ts';
import { paneView } from './field.ts';

/** Which frame of a result is shown: a slider through time or load, or a choice of cases and modes. */
export function TimeBar() {
  useResults((state) => state);
  const { playing, time, speed } = usePlayback();
  const view = paneView('main');
  if (!view) return null;
  const { entry, frame } = view;
  const frames = framesOf(entry);
  if (frames.length < 2) return null;
  const film = isFilm(entry);
  const moments = momentsOf(entry);
  const now = time ?? moments[frame]!;
  const unit = frames[0]!.unit === '-' ? '' : (frames[0]!.unit ?? '');
  const { animate } = useResults.getState().display;
  return (
    <section className="time-bar" aria-label={film ? 'Time' : 'Frames'} data-testid="time-bar">
      <IconButton icon="right" className="flipped" label="Previous frame" keys="," onClick={() => stepFrame(-1)} />
      {film ? (
        <IconButton
          icon={playing ? 'pause' : 'play'}
          label={playing ? 'Pause' : 'Play'}
          keys="K"
          pressed={playing}
          onClick={togglePlaying}
        />
      ) : (
        <IconButton
          icon={animate ? 'pause' : 'play'}
          label={animate ? 'Stop the animation' : 'Animate'}
          keys="K"
          pressed={animate}
          onClick={() => setDisplay({ animate: !animate, ...(animate ? {} : { deformationScale: null }) })}
        />
      )}
      <IconButton icon="right" label="Next frame" keys="." onClick={() => stepFrame(1)} />
      {film ? (
        <>
          <input
            type="range"
            aria-label="Time"
            aria-valuetext={`${formatNumber(now, 4)} ${unit}`}
            min={moments[0]}
            max={moments.at(-1)}
            step="any"
            value={now}
            list="moments"
            onChange={(event) => {
              usePlayback.setState({ playing: false });
              goToTime(entry, Number(event.currentTarget.value));
            }}
            onKeyDown={(event) => {
              // Arrows go from frame to frame: the moments that were computed.
              const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
              if (!by) return;
              event.preventDefault();
              stepFrame(by);
            }}
          />
          {moments.length <= 60 && (
            <datalist id="moments">
              {moments.map((moment) => (
                <option key={moment} value={moment} />
              ))}
            </datalist>
          )}
          <output className="time-now" data-testid="time-now">
            {formatNumber(now, 4)} {unit}
            <span className="muted"> of {formatNumber(moments.at(-1)!, 4)}</span>
            {framePlaceAt(moments, now).blend > 0 && <span className="muted"> · interpolated</span>}
          </output>
          <Select
            label="Speed"
            value={String(speed)}
            options={SPEEDS.map((value) => ({ value: String(value), label: `${value}×` }))}
            onChange={(next) => usePlayback.setState({ speed: Number(next) })}
          />
        </>
      ) : (
        <>
          <Select
            label="Frame"
            testId="frame"
            value={String(frame)}
            options={frames.map((one, index) => ({ value: String(index), label: frameLabel(one) }))}
            onChange={(next) => goToFrame(entry, Number(next))}
          />
          <span className="muted nowrap">
            {frame + 1} of {frames.length}
          </span>
        </>
      )}
    </section>
  );
}
