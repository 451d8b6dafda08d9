// What the C++ programs have in common around their models: sums over draws, threads, commands (MODEL.md).
// A model is a template Worker of the number of streams, with makePlan(Input), run(first, count) and sums.

#pragma once

#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "ensemble_input.hpp"
#include "ensemble_noise.hpp"

namespace ensemble {

struct Sums {
  std::vector<double> amount, income, score;  // amount: [year][county]

  Sums(int years, int counties) : amount(years * counties), income(counties), score(counties) {}

  void add(const Sums &other) {
    for (std::size_t i = 0; i < amount.size(); ++i) amount[i] += other.amount[i];
    for (std::size_t i = 0; i < income.size(); ++i) income[i] += other.income[i];
    for (std::size_t i = 0; i < score.size(); ++i) score[i] += other.score[i];
  }
};

#ifdef __clang__
constexpr const char *compiler = "clang++ " __clang_version__;
#else
constexpr const char *compiler = "g++ " __VERSION__;
#endif

inline double seconds(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return double(now.tv_sec) + 1e-9 * double(now.tv_nsec);
}

class Program {
public:
  virtual ~Program() = default;
  virtual double processorSeconds(std::uint64_t first, std::uint64_t count) = 0;
  virtual double wallSeconds(std::uint64_t first, std::uint64_t count, int threads) = 0;
  virtual Sums sums(std::uint64_t count) = 0;
};

template <class Worker> class ProgramFor : public Program {
public:
  explicit ProgramFor(Input input) : plan(Worker::makePlan(std::move(input))) {}

  double processorSeconds(std::uint64_t first, std::uint64_t count) override {
    Worker worker(plan);
    const double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
    worker.run(first, count);
    return seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
  }

  double wallSeconds(std::uint64_t first, std::uint64_t count, int threadCount) override {
    const double start = seconds(CLOCK_MONOTONIC);
    const std::uint64_t blocks = count / laneCount;
    std::vector<std::thread> threads;
    std::vector<std::unique_ptr<Worker>> workers(threadCount);
    for (int index = 0; index < threadCount; ++index)
      threads.emplace_back([&, index] {
        const std::uint64_t from = blocks * index / threadCount, to = blocks * (index + 1) / threadCount;
        workers[index] = std::make_unique<Worker>(plan);
        workers[index]->run(first + from * laneCount, (to - from) * laneCount);
      });
    for (auto &thread : threads) thread.join();
    for (int index = 1; index < threadCount; ++index) workers[0]->sums.add(workers[index]->sums);
    return seconds(CLOCK_MONOTONIC) - start;
  }

  Sums sums(std::uint64_t count) override {
    Worker worker(plan);
    worker.run(0, count);
    return worker.sums;
  }

private:
  decltype(Worker::makePlan(std::declval<Input>())) plan;
};

template <template <int> class Worker> std::unique_ptr<Program> load(const std::string &path) {
  Input input(path);
  switch (input.streamCount) {
  case 3: return std::make_unique<ProgramFor<Worker<3>>>(std::move(input));
  case 5: return std::make_unique<ProgramFor<Worker<5>>>(std::move(input));
  case 6: return std::make_unique<ProgramFor<Worker<6>>>(std::move(input));
  default: Input::fail("compiled for 3, 5 and 6 streams");
  }
}

inline void write(const std::string &path, const Sums &sums, double drawCount) {
  std::ofstream file(path, std::ios::binary);
  for (const auto *part : {&sums.amount, &sums.income, &sums.score})
    for (double value : *part) {
      const double mean = value / drawCount;
      file.write(reinterpret_cast<const char *>(&mean), sizeof mean);
    }
}

// Answers commands until there are no more.
template <template <int> class Worker> void serve() {
  std::unique_ptr<Program> program;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::string command, path;
    std::uint64_t first = 0, count = 0;
    int threads = 1;
    words >> command;
    if (command == "load" && words >> path) {
      program = load<Worker>(path);
      std::cout << "loaded" << std::endl;
    } else if (command == "time" && program && words >> first >> count) {
      std::cout << program->processorSeconds(first, count) << std::endl;
    } else if (command == "wall" && program && words >> first >> count >> threads) {
      std::cout << program->wallSeconds(first, count, threads) << std::endl;
    } else if (command == "answer" && program && words >> path >> count) {
      write(path, program->sums(count), double(count));
      std::cout << "written" << std::endl;
    } else if (command == "version") {
      std::cout << compiler << std::endl;
    } else {
      Input::fail("what is this command?");
    }
  }
}

}  // namespace ensemble
