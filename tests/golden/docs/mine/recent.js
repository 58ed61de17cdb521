dwRecent="0mlhvbk02v78p51p89k36";
