#include "heat/krylov.hpp"

#include <cmath>

namespace artificer {

KrylovResult conjugateGradients(const Operator& matrix, Preconditioner& preconditioner, const Vector& load, Vector& x,
                                double tolerance, int mostIterations, const RunControl& control) {
  KrylovResult result;
  const double loadNorm = load.norm();
  x.setZero(load.size());
  if (loadNorm == 0) {
    result.converged = true;
    result.relativeResidual = 0;
    return result;
  }
  Vector r = load, z, direction, image(load.size());
  double rz = 0;
  while (result.iterations < mostIterations) {
    control.check();
    preconditioner.apply(r, z);
    const double rzNew = r.dot(z);
    if (result.iterations == 0) direction = z;
    else direction = z + (rzNew / rz) * direction;
    rz = rzNew;
    matrix(direction, image);
    const double curvature = direction.dot(image);
    if (!(curvature > 0) || !std::isfinite(rz)) break;
    const double alpha = rz / curvature;
    x += alpha * direction;
    r -= alpha * image;
    result.iterations++;
    result.relativeResidual = r.norm() / loadNorm;
    result.history.push_back(result.relativeResidual);
    if (result.relativeResidual <= tolerance) break;
  }
  result.converged = result.relativeResidual <= tolerance;
  return result;
}

KrylovResult generalisedMinimalResiduals(const Operator& matrix, Preconditioner& preconditioner, const Vector& load,
                                         Vector& x, double tolerance, int mostIterations, const RunControl& control) {
  constexpr int RESTART = 30;
  KrylovResult result;
  const double loadNorm = load.norm();
  x.setZero(load.size());
  if (loadNorm == 0) {
    result.converged = true;
    result.relativeResidual = 0;
    return result;
  }
  Vector r = load, z, image(load.size());
  while (result.iterations < mostIterations) {
    const double beta = r.norm();
    std::vector<Vector> basis{r / beta};
    Eigen::MatrixXd hessenberg = Eigen::MatrixXd::Zero(RESTART + 1, RESTART);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(RESTART + 1), cosine(RESTART), sine(RESTART);
    right[0] = beta;
    int k = 0;
    for (; k < RESTART && result.iterations < mostIterations; k++) {
      control.check();
      preconditioner.apply(basis[k], z);
      matrix(z, image);
      for (int i = 0; i <= k; i++) {
        hessenberg(i, k) = image.dot(basis[i]);
        image -= hessenberg(i, k) * basis[i];
      }
      const double length = image.norm();
      hessenberg(k + 1, k) = length;
      for (int i = 0; i < k; i++) {
        const double upper = hessenberg(i, k), lower = hessenberg(i + 1, k);
        hessenberg(i, k) = cosine[i] * upper + sine[i] * lower;
        hessenberg(i + 1, k) = cosine[i] * lower - sine[i] * upper;
      }
      const double radius = std::hypot(hessenberg(k, k), hessenberg(k + 1, k));
      if (!(radius > 0) || !std::isfinite(radius)) break;
      cosine[k] = hessenberg(k, k) / radius;
      sine[k] = hessenberg(k + 1, k) / radius;
      hessenberg(k, k) = radius;
      right[k + 1] = -sine[k] * right[k];
      right[k] *= cosine[k];
      result.iterations++;
      result.relativeResidual = std::abs(right[k + 1]) / loadNorm;
      result.history.push_back(result.relativeResidual);
      if (result.relativeResidual <= tolerance || length == 0) {
        k++;
        break;
      }
      basis.push_back(image / length);
    }
    if (k == 0) break;
    const Eigen::VectorXd weights =
        hessenberg.topLeftCorner(k, k).triangularView<Eigen::Upper>().solve(right.head(k));
    Vector combined = Vector::Zero(load.size());
    for (int i = 0; i < k; i++) combined += weights[i] * basis[i];
    preconditioner.apply(combined, z);
    x += z;
    matrix(x, image);
    r = load - image;
    result.relativeResidual = r.norm() / loadNorm;
    if (result.relativeResidual <= tolerance) break;
  }
  result.converged = result.relativeResidual <= tolerance;
  return result;
}

}  // namespace artificer
