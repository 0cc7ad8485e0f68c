window.YTD.tweets.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1424223875205488641"
          ],
          "editableUntil": "2021-08-08T04:50:07.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "158"
      ],
      "favorite_count": "102",
      "id_str": "1424223875205488641",
      "truncated": false,
      "retweet_count": "68",
      "id": "1424223875205488641",
      "created_at": "Sun Aug 08 04:20:07 +0000 2021",
      "favorited": false,
      "full_text": "Kunduz city has been captured by Mujahideen after heavy fighting. Governor's office, police HQ and NDS HQ are conquered. Advance toward the airport continues.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1424221975131246593"
          ],
          "editableUntil": "2021-08-08T04:42:34.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "130"
      ],
      "favorite_count": "95",
      "id_str": "1424221975131246593",
      "truncated": false,
      "retweet_count": "63",
      "id": "1424221975131246593",
      "created_at": "Sun Aug 08 04:12:34 +0000 2021",
      "favorited": false,
      "full_text": "د کندز ښار د مجاهدینو لخوا ونیول شو. د والي مقام، امنیه قوماندانۍ او د ملي امنیت ریاست فتح شول، د هوايي ډګر پر لور پرمختګ روان دی.",
      "lang": "ps"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1423925878185836545"
          ],
          "editableUntil": "2021-08-07T09:05:59.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "191"
      ],
      "favorite_count": "88",
      "id_str": "1423925878185836545",
      "truncated": false,
      "retweet_count": "58",
      "id": "1423925878185836545",
      "created_at": "Sat Aug 07 08:35:59 +0000 2021",
      "favorited": false,
      "full_text": "مهم: نن سهار د کابل په چهار اسیاب ولسوالۍ کې د مزدور دښمن د هوايي ځواک یو پیلوټ حمیدالله عظیمي د هغه په موټر کې د نښلول شوي بم په چاودنه کې ووژل شو. پیلوټ د ملکي خلکو په بمباریو کې لاس درلود.",
      "lang": "ps"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1423881934408298497"
          ],
          "editableUntil": "2021-08-07T06:11:22.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "92"
      ],
      "favorite_count": "81",
      "id_str": "1423881934408298497",
      "truncated": false,
      "retweet_count": "53",
      "id": "1423881934408298497",
      "created_at": "Sat Aug 07 05:41:22 +0000 2021",
      "favorited": false,
      "full_text": "د جوزجان ولایت مرکز شبرغان ښار د مجاهدینو لخوا فتح شو. مزدور دښمن د هوايي ډګر پر لور وتښتېد.",
      "lang": "ps"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1423880453764456449"
          ],
          "editableUntil": "2021-08-07T06:05:29.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "167"
      ],
      "favorite_count": "74",
      "id_str": "1423880453764456449",
      "truncated": false,
      "retweet_count": "48",
      "id": "1423880453764456449",
      "created_at": "Sat Aug 07 05:35:29 +0000 2021",
      "favorited": false,
      "full_text": "Sheberghan city, capital of Jowzjan province, has been entirely captured by the Mujahideen of the Islamic Emirate. Prison doors opened, hundreds of prisoners released.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1423713008705638401"
          ],
          "editableUntil": "2021-08-06T19:00:07.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "157"
      ],
      "favorite_count": "67",
      "id_str": "1423713008705638401",
      "truncated": false,
      "retweet_count": "43",
      "id": "1423713008705638401",
      "created_at": "Fri Aug 06 18:30:07 +0000 2021",
      "favorited": false,
      "full_text": "Mujahideen entered Sheberghan city, capital of Jowzjan, from three sides this evening. Enemy is confined to the airport and intelligence HQ. Clashes ongoing.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1423598671924068353"
          ],
          "editableUntil": "2021-08-06T11:25:47.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "162"
      ],
      "favorite_count": "60",
      "id_str": "1423598671924068353",
      "truncated": false,
      "retweet_count": "38",
      "id": "1423598671924068353",
      "created_at": "Fri Aug 06 10:55:47 +0000 2021",
      "favorited": false,
      "full_text": "Zaranj, the capital of Nimroz province, has been completely liberated by the Mujahideen this afternoon. Governor's office, police HQ and prison are under control.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1423596910261858305"
          ],
          "editableUntil": "2021-08-06T11:18:47.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "107"
      ],
      "favorite_count": "53",
      "id_str": "1423596910261858305",
      "truncated": false,
      "retweet_count": "33",
      "id": "1423596910261858305",
      "created_at": "Fri Aug 06 10:48:47 +0000 2021",
      "favorited": false,
      "full_text": "د نیمروز ولایت مرکز زرنج ښار بشپړ د مجاهدینو په کنټرول کې دی. د والي مقام، امنیه قوماندانۍ او محبس فتح شول.",
      "lang": "ps"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1423587359777120257"
          ],
          "editableUntil": "2021-08-06T10:40:50.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "136"
      ],
      "favorite_count": "46",
      "id_str": "1423587359777120257",
      "truncated": false,
      "retweet_count": "28",
      "id": "1423587359777120257",
      "created_at": "Fri Aug 06 10:10:50 +0000 2021",
      "favorited": false,
      "full_text": "نن غرمه د کابل په دارالامان سیمه کې د مجاهدینو په یوه ځانګړي برید کې د کابل ادارې د رسنیو او معلوماتو مرکز مشر دوا خان مېنه پال ووژل شو.",
      "lang": "ps"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1423203467660382209"
          ],
          "editableUntil": "2021-08-05T09:15:23.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "100"
      ],
      "favorite_count": "39",
      "id_str": "1423203467660382209",
      "truncated": false,
      "retweet_count": "23",
      "id": "1423203467660382209",
      "created_at": "Thu Aug 05 08:45:23 +0000 2021",
      "favorited": false,
      "full_text": "د نیمروز ولایت د کنګ ولسوالۍ مرکز او امنیه قوماندانۍ د مجاهدینو لخوا ونیول شوې، ډېره وسله غنیمت شوه.",
      "lang": "ps"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1422960529323868161"
          ],
          "editableUntil": "2021-08-04T17:10:02.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "152"
      ],
      "favorite_count": "32",
      "id_str": "1422960529323868161",
      "truncated": false,
      "retweet_count": "18",
      "id": "1422960529323868161",
      "created_at": "Wed Aug 04 16:40:02 +0000 2021",
      "favorited": false,
      "full_text": "American invaders bombed a clinic in the 7th district of Lashkar Gah this afternoon. Two civilians martyred, four wounded. No Mujahid was present there.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1422781956776538113"
          ],
          "editableUntil": "2021-08-04T05:20:27.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "129"
      ],
      "favorite_count": "25",
      "id_str": "1422781956776538113",
      "truncated": false,
      "retweet_count": "13",
      "id": "1422781956776538113",
      "created_at": "Wed Aug 04 04:50:27 +0000 2021",
      "favorited": false,
      "full_text": "بیګا شپه په کابل کې د دفاع وزارت د سرپرست پر کور استشهادي برید وشو، دا د کابل ادارې د مشرانو پر ضد د غچ اخیستنې د عملیاتو پیل دی.",
      "lang": "ps"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1422437784718680065"
          ],
          "editableUntil": "2021-08-03T06:32:50.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "121"
      ],
      "favorite_count": "18",
      "id_str": "1422437784718680065",
      "truncated": false,
      "retweet_count": "8",
      "id": "1422437784718680065",
      "created_at": "Tue Aug 03 06:02:50 +0000 2021",
      "favorited": false,
      "full_text": "د هلمند مرکز لښکرګاه ښار کې د مزدور دښمن پر پوستو د مجاهدینو بریدونه روان دي، شپږ عسکر ووژل شول او درې ټانګونه ویجاړ شول.",
      "lang": "ps"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1422425805731926017"
          ],
          "editableUntil": "2021-08-03T05:45:14.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "163"
      ],
      "favorite_count": "11",
      "id_str": "1422425805731926017",
      "truncated": false,
      "retweet_count": "3",
      "id": "1422425805731926017",
      "created_at": "Tue Aug 03 05:15:14 +0000 2021",
      "favorited": false,
      "full_text": "Mujahideen have taken the national radio and television station in Lashkar Gah city, Helmand. Broadcast of Voice of Sharia began this morning. Enemy soldiers fled.",
      "lang": "en"
    }
  }
]
