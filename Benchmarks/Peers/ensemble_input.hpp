// The input file (MODEL.md), and all that follows from it without a draw.

#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace ensemble {

struct Input {
  int countyCount, streamCount, yearCount;
  std::uint64_t seed;
  std::uint32_t firstYear;
  std::vector<double> code, people, need, area, income, score, stock, speed, staff, level, pipeline,
      previous, pool, weight;

  explicit Input(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    std::array<std::int64_t, 8> head{};
    file.read(reinterpret_cast<char *>(head.data()), sizeof head);
    if (!file || head[0] != 20240126) fail("not an input of this model");
    countyCount = int(head[1]), streamCount = int(head[2]), yearCount = int(head[3]);
    seed = std::uint64_t(head[4]), firstYear = std::uint32_t(head[5]);
    const std::size_t c = countyCount, j = streamCount, y = yearCount;
    read(file, code, c);
    for (auto *one : {&people, &need, &area}) read(file, *one, y * c);
    for (auto *one : {&income, &score, &stock, &speed, &staff}) read(file, *one, c);
    read(file, level, 2 * c);
    for (auto *one : {&pipeline, &previous}) read(file, *one, j * c);
    read(file, pool, j);
    read(file, weight, 4 * j);
  }

  [[noreturn]] static void fail(const char *reason) {
    std::fprintf(stderr, "%s\n", reason);
    std::exit(1);
  }

  static void read(std::ifstream &file, std::vector<double> &values, std::size_t count) {
    values.resize(count);
    file.read(reinterpret_cast<char *>(values.data()), std::streamsize(count * sizeof(double)));
    if (!file) fail("the input ends early");
  }
};

inline double total(const double *values, int count) {
  double result = 0;
  for (int index = 0; index < count; ++index) result += values[index];
  return result;
}

// What one county's year needs that no draw changes, side by side because it is read together.
template <int Streams> struct Fixed {
  std::array<double, Streams> base;      // share that need and area give
  std::array<double, Streams> pipeline;  // K at the start, fen
  double people, nextPeople, rent;       // rent: 0.05 / people
  double speed, pullA, pullB;
  double response;  // of effort to the incentive: 0.4 · 4 · staff
  std::uint64_t code;
};

// Everything that the data fix, worked out once.
template <int Streams> struct Plan {
  Input input;
  std::vector<Fixed<Streams>> fixed;      // [year][county]
  std::vector<double> peopleSum, growth;  // [year]
  std::array<double, Streams> previousSum{};
  // A first guess of λ as a part of the pool, [year][stream]: only how soon Newton ends hangs on it.
  std::vector<std::array<double, Streams>> guess;

  explicit Plan(Input given) : input(std::move(given)) {
    guess.assign(input.yearCount, {});
    for (auto &year : guess) year.fill(1);
    for (int stream = 0; stream < Streams; ++stream)
      previousSum[stream] = total(&input.previous[stream * input.countyCount], input.countyCount);
    for (int year = 0; year < input.yearCount; ++year) addYear(year);
  }

  void addYear(int year) {
    const int count = input.countyCount;
    const double *need = &input.need[year * count], *area = &input.area[year * count];
    const double *people = &input.people[year * count];
    const double *nextPeople = year + 1 < input.yearCount ? people + count : people;
    const double needSum = total(need, count), areaSum = total(area, count);
    peopleSum.push_back(total(people, count));
    growth.push_back(year == 0 ? 1 : growth.back() * 1.02);
    for (int county = 0; county < count; ++county) {
      Fixed<Streams> one{};
      for (int stream = 0; stream < Streams; ++stream) {
        const double *weight = &input.weight[stream * 4];
        one.base[stream] = weight[0] * need[county] / needSum + weight[1] * area[county] / areaSum;
        one.pipeline[stream] = 100 * input.pipeline[stream * count + county];
      }
      one.people = people[county], one.nextPeople = nextPeople[county];
      one.rent = 0.05 / people[county];
      one.speed = input.speed[county];
      one.response = 0.4 * 4 * input.staff[county];
      one.pullA = 0.3 * input.level[county];
      one.pullB = 0.3 * input.level[count + county];
      one.code = std::uint64_t(input.code[county]);
      fixed.push_back(one);
    }
  }
};

}  // namespace ensemble
