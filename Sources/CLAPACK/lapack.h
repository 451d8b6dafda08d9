// The few LAPACK routines that Karez calls, in the calling convention of gfortran:
// every argument by address, a hidden length for each CHARACTER argument at the end.
#ifndef KAREZ_LAPACK_H
#define KAREZ_LAPACK_H

#include <stddef.h>
#include <stdint.h>

// Least squares by QR with column pivoting: min ‖A x − b‖₂.
void dgelsy_(const int32_t *m, const int32_t *n, const int32_t *nrhs, double *a,
             const int32_t *lda, double *b, const int32_t *ldb, int32_t *jpvt,
             const double *rcond, int32_t *rank, double *work, const int32_t *lwork,
             int32_t *info);

// Eigenvalues and eigenvectors of a symmetric matrix.
void dsyev_(const char *jobz, const char *uplo, const int32_t *n, double *a,
            const int32_t *lda, double *w, double *work, const int32_t *lwork,
            int32_t *info, size_t jobz_length, size_t uplo_length);

// Factors A = Q R by Householder reflections.
void dgeqrf_(const int32_t *m, const int32_t *n, double *a, const int32_t *lda, double *tau,
             double *work, const int32_t *lwork, int32_t *info);

// Multiplies by Q or its transpose, as dgeqrf leaves it.
void dormqr_(const char *side, const char *trans, const int32_t *m, const int32_t *n,
             const int32_t *k, const double *a, const int32_t *lda, const double *tau, double *c,
             const int32_t *ldc, double *work, const int32_t *lwork, int32_t *info,
             size_t side_length, size_t trans_length);

// Solves a triangular system.
void dtrtrs_(const char *uplo, const char *trans, const char *diag, const int32_t *n,
             const int32_t *nrhs, const double *a, const int32_t *lda, double *b,
             const int32_t *ldb, int32_t *info, size_t uplo_length, size_t trans_length,
             size_t diag_length);

// Factors a symmetric positive definite matrix: A = Rᵀ R.
void dpotrf_(const char *uplo, const int32_t *n, double *a, const int32_t *lda, int32_t *info,
             size_t uplo_length);

// Singular values and vectors.
void dgesvd_(const char *jobu, const char *jobvt, const int32_t *m, const int32_t *n, double *a,
             const int32_t *lda, double *s, double *u, const int32_t *ldu, double *vt,
             const int32_t *ldvt, double *work, const int32_t *lwork, int32_t *info,
             size_t jobu_length, size_t jobvt_length);
// Eigenvalues with left and right eigenvectors of a general matrix.
void dgeev_(const char *jobvl, const char *jobvr, const int32_t *n, double *a,
            const int32_t *lda, double *wr, double *wi, double *vl, const int32_t *ldvl,
            double *vr, const int32_t *ldvr, double *work, const int32_t *lwork,
            int32_t *info, size_t jobvl_length, size_t jobvr_length);

#endif
