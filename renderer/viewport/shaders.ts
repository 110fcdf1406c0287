/** The programs that draw the viewport. Registered once; everything is lit and coloured here, so no texture is ever fetched. */
import { ShaderStore } from '@babylonjs/core/Engines/shaderStore.js';
import '@babylonjs/core/Shaders/ShadersInclude/instancesDeclaration.js';
import '@babylonjs/core/Shaders/ShadersInclude/instancesVertex.js';

/** Most section planes drawn at once. */
export const MAXIMUM_SECTIONS = 6;

const SECTION_CHUNK = `
uniform vec4 sectionPlanes[${MAXIMUM_SECTIONS}];
uniform int sectionCount;
float sectionDistance(vec3 p) {
  float nearest = -1e30;
  for (int i = 0; i < ${MAXIMUM_SECTIONS}; i++) {
    if (i >= sectionCount) break;
    nearest = max(nearest, dot(sectionPlanes[i].xyz, p) - sectionPlanes[i].w);
  }
  return nearest;
}
`;

/** Studio light fixed to the camera: soft sky, key from the upper left, cool fill from the right, a narrow highlight. */
const LIGHT_CHUNK = `
vec3 toLinear(vec3 c) { return c * c * (c * 0.305 + 0.682) + c * 0.0125; }
vec3 toScreen(vec3 c) { return pow(max(c, vec3(0.0)), vec3(1.0 / 2.2)); }
vec3 lit(vec3 colour, vec3 n, float gloss) {
  vec3 base = toLinear(colour);
  float sky = 0.5 + 0.5 * n.y;
  vec3 ambient = mix(vec3(0.27, 0.27, 0.29), vec3(0.45, 0.46, 0.48), sky);
  const vec3 keyDirection = vec3(-0.4082, 0.5715, 0.7118);
  const vec3 fillDirection = vec3(0.7682, 0.1024, 0.6320);
  float key = max(dot(n, keyDirection), 0.0);
  float fill = max(dot(n, fillDirection), 0.0);
  vec3 diffuse = ambient + vec3(0.47, 0.465, 0.45) * key + vec3(0.13, 0.14, 0.155) * fill;
  vec3 halfway = normalize(keyDirection + vec3(0.0, 0.0, 1.0));
  float highlight = pow(max(dot(n, halfway), 0.0), 42.0) * 0.10 * gloss;
  float rim = pow(1.0 - clamp(n.z, 0.0, 1.0), 4.0) * 0.07 * gloss;
  return toScreen(base * diffuse + vec3(highlight) + vec3(rim) * (0.4 + 0.6 * base));
}
`;

const FACE_VERTEX = `
precision highp float;
attribute vec3 position;
attribute vec3 normal;
attribute vec4 faceColour;
attribute vec4 instanceColour;
attribute vec4 instanceState;
#include<instancesDeclaration>
uniform mat4 viewProjection;
uniform mat4 view;
varying vec3 vWorld;
varying vec3 vNormal;
varying vec4 vColour;
varying vec4 vState;
void main() {
#include<instancesVertex>
  vec4 world4 = finalWorld * vec4(position, 1.0);
  vWorld = world4.xyz;
  vNormal = mat3(view) * (mat3(finalWorld) * normal);
  float overrides = mod(instanceState.w, 2.0);
  vColour = mix(instanceColour, vec4(faceColour.rgb, instanceColour.a), faceColour.a * (1.0 - overrides));
  vState = instanceState;
  gl_Position = viewProjection * world4;
}
`;

const FACE_FRAGMENT = `
precision highp float;
varying vec3 vWorld;
varying vec3 vNormal;
varying vec4 vColour;
varying vec4 vState;
uniform mat4 view;
uniform vec3 eye;
uniform vec3 viewDirection;
uniform float orthographic;
uniform float opacity;
uniform vec4 paper;
uniform vec3 lineColour;
uniform vec3 hoverColour;
uniform vec3 selectionColour;
uniform float hatchSpacing;
${SECTION_CHUNK}
${LIGHT_CHUNK}
vec3 hatched(vec3 colour, vec3 p, vec3 n, float seed) {
  vec3 a = normalize(abs(n.z) < 0.9 ? cross(n, vec3(0.0, 0.0, 1.0)) : cross(n, vec3(1.0, 0.0, 0.0)));
  vec3 b = cross(n, a);
  float side = mod(seed, 2.0) < 0.5 ? 1.0 : -1.0;
  float pitch = hatchSpacing * (seed > 1.5 ? 1.5 : 1.0);
  float along = (dot(p, a) + side * dot(p, b)) * 0.70711 / pitch;
  float width = fwidth(along);
  float line = abs(fract(along) - 0.5);
  float ink = 1.0 - smoothstep(0.045, 0.045 + width * 1.4, line);
  vec3 base = mix(colour, vec3(dot(colour, vec3(0.3333))), 0.25) * 0.9 + 0.06;
  return mix(base, base * 0.42, ink * 0.62);
}
void main() {
  if (sectionCount > 0 && sectionDistance(vWorld) > 0.0) discard;
  vec3 ray = orthographic > 0.5 ? viewDirection : normalize(vWorld - eye);
  vec3 n = normalize(vNormal);
  vec3 rayView = mat3(view) * ray;
  bool mirrored = vState.y > 0.5;
  bool back = gl_FrontFacing == mirrored;
  vec3 colour = vColour.rgb;
  float highlight = vState.x;
  if (highlight > 1.5) colour = mix(colour, selectionColour, 0.62);
  else if (highlight > 0.5) colour = mix(colour, hoverColour, 0.4);
  float alpha = vColour.a * opacity;
#ifndef GHOST
  if (sectionCount > 0 && back && vState.z > 0.5) {
    // The first thing seen is the inside of a solid: the ray entered it through the cut. Paint the cut where it did.
    float behind = 1e30;
    vec3 cutNormal = vec3(0.0);
    for (int i = 0; i < ${MAXIMUM_SECTIONS}; i++) {
      if (i >= sectionCount) break;
      float towards = dot(sectionPlanes[i].xyz, ray);
      float s = (dot(sectionPlanes[i].xyz, vWorld) - sectionPlanes[i].w) / towards;
      if (towards < -1e-6 && s >= 0.0 && s < behind) { behind = s; cutNormal = sectionPlanes[i].xyz; }
    }
    if (behind < 1e29 && (orthographic > 0.5 || behind < distance(vWorld, eye))) {
      gl_FragColor = vec4(hatched(colour, vWorld - ray * behind, cutNormal, floor(vState.w * 0.5)), 1.0);
      return;
    }
  }
#endif
  float facing = dot(n, -rayView);
  if (facing < 0.0) { n = -n; facing = -facing; }
#ifdef GHOST
  float edgeOn = pow(1.0 - clamp(facing, 0.0, 1.0), 2.0);
  gl_FragColor = vec4(lit(colour, n, 1.0), mix(alpha, min(1.0, alpha * 2.2), edgeOn));
#else
  if (paper.a > 0.5) {
    // A drawing: paper, tinted where something is picked.
    vec3 page = mix(paper.rgb, colour, highlight > 0.5 ? 0.45 : 0.0);
    gl_FragColor = vec4(page, 1.0);
  } else {
    gl_FragColor = vec4(lit(colour, n, 1.0), alpha);
  }
#endif
}
`;

/** The silhouette of smooth closed surfaces: their far side, made larger by a pixel, drawn behind the rest. */
const SILHOUETTE_VERTEX = `
precision highp float;
attribute vec3 position;
attribute vec3 normal;
attribute vec4 instanceState;
#include<instancesDeclaration>
uniform mat4 viewProjection;
uniform mat4 view;
uniform vec2 screenSize;
uniform float lineWidth;
varying float vFacing;
varying float vMirrored;
void main() {
#include<instancesVertex>
  vec4 world4 = finalWorld * vec4(position, 1.0);
  vec3 n = normalize(mat3(view) * (mat3(finalWorld) * normal));
  vFacing = n.z;
  vMirrored = instanceState.y;
  gl_Position = viewProjection * world4;
  float l = length(n.xy);
  gl_Position.xy += (l > 1e-4 ? n.xy / l : vec2(0.0)) * lineWidth / (screenSize * 0.5) * gl_Position.w;
  // Something open has no far side: out of the picture with it.
  if (instanceState.z < 0.5) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
`;

const SILHOUETTE_FRAGMENT = `
precision highp float;
varying float vFacing;
varying float vMirrored;
uniform vec4 colour;
void main() {
  bool back = gl_FrontFacing == (vMirrored > 0.5);
  // Only near where the surface turns away, so that a body with its inside out is not painted over.
  if (!back || vFacing < -0.5) discard;
  gl_FragColor = vec4(colour.rgb, 1.0);
}
`;

/** Segments as quads of constant width in pixels, their rims feathered: crisp with and without multisampling. */
const LINE_VERTEX = `
precision highp float;
attribute vec3 position;
attribute vec3 towards;
attribute float side;
#ifdef DEFORMED
attribute vec3 displacement;
attribute vec3 displacementTowards;
attribute float value;
uniform float deformation;
varying float vValue;
#endif
attribute vec4 instanceColour;
attribute vec4 instanceState;
#include<instancesDeclaration>
uniform mat4 viewProjection;
uniform vec2 screenSize;
uniform float lineWidth;
uniform float depthBias;
varying vec3 vWorld;
varying float vAcross;
varying float vHalf;
varying vec4 vState;
void main() {
#include<instancesVertex>
  vec4 world4 = finalWorld * vec4(position, 1.0);
#ifdef DEFORMED
  vValue = value;
  vec4 a = viewProjection * (finalWorld * vec4(position + displacement * deformation, 1.0));
  vec4 b = viewProjection * (finalWorld * vec4(towards + displacementTowards * deformation, 1.0));
#else
  vec4 a = viewProjection * world4;
  vec4 b = viewProjection * (finalWorld * vec4(towards, 1.0));
#endif
  // An end behind the eye would flip the segment: cut it at the near plane.
  float na = a.z + a.w;
  float nb = b.z + b.w;
  if (na < 0.0 && nb > 0.0) { float t = na / (na - nb); a = mix(a, b, t); }
  else if (nb < 0.0 && na > 0.0) { float t = nb / (nb - na); b = mix(b, a, t); }
  vec2 pa = a.xy / a.w * screenSize * 0.5;
  vec2 pb = b.xy / b.w * screenSize * 0.5;
  vec2 d = pb - pa;
  float l = length(d);
  vec2 u = l > 1e-4 ? d / l : vec2(1.0, 0.0);
  float highlight = instanceState.x;
  float half0 = 0.5 * lineWidth * (highlight > 1.5 ? 1.5 : 1.0);
  float reach = half0 + 0.75;
  // The far end looks back along the line, so its normal is turned round: hence the sign.
  float across = sign(side);
  vec2 offset = vec2(-u.y, u.x) * across * (abs(side) > 1.5 ? -reach : reach) - u * half0 * 0.5;
  vAcross = across * reach;
  vHalf = half0;
  vWorld = world4.xyz;
  vState = instanceState;
  gl_Position = a;
  gl_Position.xy += offset / (screenSize * 0.5) * a.w;
  gl_Position.z -= depthBias * a.w;
}
`;

const LINE_FRAGMENT = `
precision highp float;
varying vec3 vWorld;
varying float vAcross;
varying float vHalf;
varying vec4 vState;
uniform vec4 colour;
uniform vec3 hoverColour;
uniform vec3 selectionColour;
uniform float tint;
uniform float sectionSlack;
#ifdef DEFORMED
uniform vec2 keepRange;
varying float vValue;
#endif
${SECTION_CHUNK}
void main() {
  if (sectionCount > 0 && sectionDistance(vWorld) > sectionSlack) discard;
#ifdef DEFORMED
  if (vValue < keepRange.x || vValue > keepRange.y) discard;
#endif
  float coverage = clamp(vHalf + 0.5 - abs(vAcross), 0.0, 1.0) * min(1.0, vHalf * 2.0);
  vec4 c = colour;
  if (tint > 0.5 && vState.x > 0.5) c.rgb = vState.x > 1.5 ? selectionColour * 0.8 : hoverColour * 0.9;
  gl_FragColor = vec4(c.rgb, c.a * coverage);
}
`;

/** The picked face: tinted and lit over what it lies on, or faint where something is in front. */
const OVERLAY_VERTEX = `
precision highp float;
attribute vec3 position;
attribute vec3 normal;
#include<instancesDeclaration>
uniform mat4 viewProjection;
uniform mat4 view;
uniform float depthBias;
varying vec3 vWorld;
varying vec3 vNormal;
void main() {
#include<instancesVertex>
  vec4 world4 = finalWorld * vec4(position, 1.0);
  vWorld = world4.xyz;
  vNormal = mat3(view) * (mat3(finalWorld) * normal);
  gl_Position = viewProjection * world4;
  gl_Position.z -= depthBias * gl_Position.w;
}
`;

const OVERLAY_FRAGMENT = `
precision highp float;
varying vec3 vWorld;
varying vec3 vNormal;
uniform vec4 colour;
${SECTION_CHUNK}
${LIGHT_CHUNK}
void main() {
  if (sectionCount > 0 && sectionDistance(vWorld) > 0.0) discard;
  vec3 n = normalize(vNormal);
  if (n.z < 0.0) n = -n;
  gl_FragColor = vec4(lit(colour.rgb, n, 1.0), colour.a);
}
`;

/** Round dots of constant size: vertices, markers, the orbit pivot. */
const DOT_VERTEX = `
precision highp float;
attribute vec3 position;
attribute vec2 corner;
#include<instancesDeclaration>
uniform mat4 viewProjection;
uniform vec2 screenSize;
uniform float dotSize;
uniform float depthBias;
varying vec2 vCorner;
varying float vRadius;
void main() {
#include<instancesVertex>
  gl_Position = viewProjection * (finalWorld * vec4(position, 1.0));
  vRadius = dotSize * 0.5 + 1.0;
  vCorner = corner * vRadius;
  gl_Position.xy += vCorner / (screenSize * 0.5) * gl_Position.w;
  gl_Position.z -= depthBias * gl_Position.w;
}
`;

const DOT_FRAGMENT = `
precision highp float;
varying vec2 vCorner;
varying float vRadius;
uniform vec4 colour;
uniform vec3 rimColour;
void main() {
  float d = length(vCorner);
  float inside = clamp(vRadius - 0.5 - d, 0.0, 1.0);
  float rim = smoothstep(vRadius - 3.2, vRadius - 2.2, d);
  gl_FragColor = vec4(mix(colour.rgb, rimColour, rim), colour.a * inside);
}
`;

const BACKGROUND_VERTEX = `
precision highp float;
attribute vec3 position;
varying vec2 vPlace;
void main() {
  vPlace = position.xy * 0.5 + 0.5;
  gl_Position = vec4(position.xy, 1.0, 1.0);
}
`;

const BACKGROUND_FRAGMENT = `
precision highp float;
varying vec2 vPlace;
uniform vec3 top;
uniform vec3 bottom;
float noise(vec2 p) { return fract(sin(dot(p, vec2(12.9898, 78.233))) * 43758.5453); }
void main() {
  float t = smoothstep(0.0, 1.0, vPlace.y);
  // Less than one step of noise, so that the gradient shows no bands.
  gl_FragColor = vec4(mix(bottom, top, t) + (noise(gl_FragCoord.xy) - 0.5) / 255.0, 1.0);
}
`;

/** The field: deformed by its own displacement, its value carried linearly and turned into colour per fragment. */
const FIELD_VERTEX = `
precision highp float;
attribute vec3 position;
attribute vec3 normal;
attribute vec3 displacement;
attribute float value;
#include<instancesDeclaration>
uniform mat4 viewProjection;
uniform mat4 view;
uniform float deformation;
uniform float depthBias;
varying vec3 vMaterial;
varying vec3 vNormal;
varying float vValue;
varying vec3 vDeformed;
void main() {
#include<instancesVertex>
  vMaterial = (finalWorld * vec4(position, 1.0)).xyz;
  vec4 world4 = finalWorld * vec4(position + displacement * deformation, 1.0);
  vDeformed = world4.xyz;
  vNormal = mat3(view) * (mat3(finalWorld) * normal);
  vValue = value;
  gl_Position = viewProjection * world4;
  gl_Position.z -= depthBias * gl_Position.w;
}
`;

const FIELD_FRAGMENT = `
precision highp float;
varying vec3 vMaterial;
varying vec3 vNormal;
varying float vValue;
varying vec3 vDeformed;
uniform mat4 view;
uniform sampler2D lookUp;
uniform vec2 valueRange;
uniform vec2 keepRange;
uniform vec3 belowColour;
uniform vec3 aboveColour;
uniform float flatShading;
uniform float ignoreSections;
uniform float opacity;
uniform vec4 plain;
uniform float hatchPixels;
uniform float pixels;
uniform float sectionSlack;
${SECTION_CHUNK}
void main() {
  if (ignoreSections < 0.5 && sectionCount > 0 && sectionDistance(vMaterial) > sectionSlack) discard;
  if (vValue < keepRange.x || vValue > keepRange.y) discard;
  // The faces' own normals under deformation come from the picture itself where none was given.
  vec3 n = dot(vNormal, vNormal) > 0.25 ? normalize(vNormal) : normalize(mat3(view) * cross(dFdx(vDeformed), dFdy(vDeformed)));
  if (n.z < 0.0) n = -n;
  float t = (vValue - valueRange.x) / max(valueRange.y - valueRange.x, 1e-30);
  vec3 colour = t < -1e-4 ? belowColour : t > 1.0001 ? aboveColour : texture2D(lookUp, vec2(clamp(t, 0.0005, 0.9995), 0.5)).rgb;
  if (!(vValue == vValue)) colour = vec3(0.5);
  colour = mix(colour, plain.rgb, plain.a);
  // What is predicted is hatched on the screen, so that it is never taken for a solution.
  if (hatchPixels > 0.0 && mod((gl_FragCoord.x - gl_FragCoord.y) / pixels, hatchPixels) < 0.22 * hatchPixels) colour = mix(colour, vec3(1.0), 0.42);
  // Little shade only: a colour on the part must be found again in the legend.
  float shade = flatShading > 0.5 ? 1.0 : 0.74 + 0.20 * clamp(dot(n, vec3(-0.36, 0.50, 0.787)), 0.0, 1.0) + 0.10 * n.z;
  gl_FragColor = vec4(colour * min(shade, 1.0), opacity);
}
`;

/** One-pixel lines over the field: the finite-element mesh. */
const FIELD_LINE_FRAGMENT = `
precision highp float;
varying vec3 vMaterial;
varying float vValue;
uniform vec4 colour;
uniform vec2 keepRange;
${SECTION_CHUNK}
void main() {
  if (sectionCount > 0 && sectionDistance(vMaterial) > 0.0) discard;
  if (vValue < keepRange.x || vValue > keepRange.y) discard;
  gl_FragColor = colour;
}
`;

/** A computed cut: flat colour and hatch of its body, at its true depth. */
const CAP_VERTEX = `
precision highp float;
attribute vec3 position;
attribute vec4 capColour;
#include<instancesDeclaration>
uniform mat4 viewProjection;
varying vec3 vWorld;
varying vec4 vColour;
void main() {
#include<instancesVertex>
  vec4 world4 = finalWorld * vec4(position, 1.0);
  vWorld = world4.xyz;
  vColour = capColour;
  gl_Position = viewProjection * world4;
}
`;

const CAP_FRAGMENT = FACE_FRAGMENT.slice(0, FACE_FRAGMENT.indexOf('void main()'))
  .replace('varying vec3 vNormal;\n', '')
  .replace('varying vec4 vState;\n', '')
  .concat(`
uniform vec4 capPlane;
uniform int capIndex;
void main() {
  for (int i = 0; i < ${MAXIMUM_SECTIONS}; i++) {
    if (i >= sectionCount) break;
    if (i != capIndex && dot(sectionPlanes[i].xyz, vWorld) - sectionPlanes[i].w > 0.0) discard;
  }
  gl_FragColor = vec4(hatched(vColour.rgb, vWorld, capPlane.xyz, floor(vColour.a * 255.0 + 0.5)), 1.0);
}
`);

/** Symbols of loads and restraints: small lit solids. */
const SYMBOL_VERTEX = `
precision highp float;
attribute vec3 position;
attribute vec3 normal;
attribute vec4 instanceColour;
#include<instancesDeclaration>
uniform mat4 viewProjection;
uniform mat4 view;
uniform float depthBias;
varying vec3 vNormal;
varying vec4 vColour;
void main() {
#include<instancesVertex>
  gl_Position = viewProjection * (finalWorld * vec4(position, 1.0));
  gl_Position.z -= depthBias * gl_Position.w;
  vNormal = mat3(view) * (mat3(finalWorld) * normal);
  vColour = instanceColour;
}
`;

const SYMBOL_FRAGMENT = `
precision highp float;
varying vec3 vNormal;
varying vec4 vColour;
uniform float opacity;
${LIGHT_CHUNK}
void main() {
  vec3 n = normalize(vNormal);
  if (n.z < 0.0) n = -n;
  // Half of their own colour whatever the light: a symbol is a sign first and a solid second.
  gl_FragColor = vec4(mix(lit(vColour.rgb, n, 0.6), vColour.rgb, 0.55), vColour.a * opacity);
}
`;

const PROGRAMS: Record<string, [vertex: string, fragment: string]> = {
  artificerFace: [FACE_VERTEX, FACE_FRAGMENT],
  artificerSilhouette: [SILHOUETTE_VERTEX, SILHOUETTE_FRAGMENT],
  artificerLine: [LINE_VERTEX, LINE_FRAGMENT],
  artificerOverlay: [OVERLAY_VERTEX, OVERLAY_FRAGMENT],
  artificerDot: [DOT_VERTEX, DOT_FRAGMENT],
  artificerBackground: [BACKGROUND_VERTEX, BACKGROUND_FRAGMENT],
  artificerField: [FIELD_VERTEX, FIELD_FRAGMENT],
  artificerFieldLine: [FIELD_VERTEX, FIELD_LINE_FRAGMENT],
  artificerCap: [CAP_VERTEX, CAP_FRAGMENT],
  artificerSymbol: [SYMBOL_VERTEX, SYMBOL_FRAGMENT],
};

export function registerShaders(): void {
  for (const [name, [vertex, fragment]] of Object.entries(PROGRAMS)) {
    ShaderStore.ShadersStore[`${name}VertexShader`] = vertex;
    ShaderStore.ShadersStore[`${name}FragmentShader`] = fragment;
  }
}
