#pragma once

#include "mesher/quadratic_mesh.hpp"

namespace artificer::mesher {

/**
 * Draws curved midside nodes of badly distorted elements back towards their chords, a quarter of the way at a time, until
 * every element's scaled Jacobian is acceptable. Returns how many elements have a side that does not follow the geometry.
 * Throws CoreError 'inverted-elements' when an element stays inverted with all its sides straight.
 */
int straightenDistorted(QuadraticMesh& mesh);

}  // namespace artificer::mesher
