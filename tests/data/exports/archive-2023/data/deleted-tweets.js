window.YTD.deleted_tweets.part0 = [
  {
    "tweet": {
      "retweeted": false,
      "source": "<a href=\"https://example.org\" rel=\"nofollow\">Desk</a>",
      "entities": {
        "hashtags": [],
        "urls": [
          {
            "url": "https://t.co/aaaaaaaaaa",
            "expanded_url": "https://post.example/kunduz?a=1&b=2",
            "display_url": "…",
            "indices": [
              "1",
              "2"
            ]
          }
        ],
        "user_mentions": []
      },
      "display_text_range": [
        "0",
        "74"
      ],
      "favorite_count": "3",
      "id_str": "1424233910891446275",
      "id": "1424233910891446275",
      "truncated": false,
      "retweet_count": "1",
      "created_at": "Sun Aug 08 05:30:05 +0000 2021",
      "favorited": false,
      "full_text": "This post was deleted by its author.",
      "lang": "en"
    }
  }
]