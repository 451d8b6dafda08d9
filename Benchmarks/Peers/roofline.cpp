// What one core can do at the most. Answers each line of the standard input with a number:
//
//   fused      10⁹ floating-point operations a second of fused multiply-adds in registers
//   separate   the same with a multiplication and an addition each
//   l1 l2 memory   10⁹ bytes a second of a = b + s c over arrays of 16 kB, 512 kB and 256 MB in all
//
// g++ -O3 -march=native -std=c++20 roofline.cpp

#include <cstddef>
#include <ctime>
#include <iostream>
#include <string>
#include <vector>

namespace {

typedef double Doubles __attribute__((vector_size(64)));
constexpr int chains = 12;  // independent, so that no operation waits for another

double now() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
}

template <bool isFused> double operationsPerSecond() {
  Doubles value[chains];
  for (int chain = 0; chain < chains; ++chain) value[chain] = Doubles{} + 1.0 + chain;
  const Doubles factor = Doubles{} + 0.999999, term = Doubles{} + 1e-6;
  constexpr long rounds = 20'000'000;
  const double start = now();
  for (long round = 0; round < rounds; ++round)
    for (int chain = 0; chain < chains; ++chain) {
      Doubles product = value[chain] * factor;
      if (!isFused) asm("" : "+v"(product));  // Keeps the two apart.
      value[chain] = product + term;
    }
  const double seconds = now() - start;
  for (int chain = 0; chain < chains; ++chain) asm volatile("" : : "v"(value[chain]));
  return 2.0 * 8 * chains * rounds / seconds * 1e-9;
}

double bytesPerSecond(std::size_t bytes) {
  const std::size_t count = bytes / 3 / sizeof(double);
  std::vector<double> a(count), b(count, 1.0), c(count, 2.0);
  const long rounds = long(6e9 / double(bytes)) + 1;
  const double start = now();
  for (long round = 0; round < rounds; ++round) {
    const double scale = 1.0 + double(round) * 1e-9;
    for (std::size_t index = 0; index < count; ++index) a[index] = b[index] + scale * c[index];
    asm volatile("" : : "r"(a.data()) : "memory");
  }
  return double(3 * count * sizeof(double)) * double(rounds) / (now() - start) * 1e-9;
}

}  // namespace

int main() {
  std::string line;
  while (std::getline(std::cin, line)) {
    double answer = 0;
    if (line == "fused") answer = operationsPerSecond<true>();
    if (line == "separate") answer = operationsPerSecond<false>();
    if (line == "l1") answer = bytesPerSecond(16 << 10);
    if (line == "l2") answer = bytesPerSecond(512 << 10);
    if (line == "memory") answer = bytesPerSecond(256 << 20);
    std::cout << answer << std::endl;
  }
}
